import type { Host } from '../../shared/protocol/customer';
import type { Db } from '../store/schema';
import { findTenant } from '../store/tenants';

/** Who the customer is told is on the other side; both sides get it from here, so that it is the same. */
export async function hostNames(db: Db, operatorName: string): Promise<Host> {
  const tenant = await findTenant(db);
  return { operator: operatorName, company: tenant?.company ?? '' };
}
