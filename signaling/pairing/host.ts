import type { Host } from '../../shared/protocol/customer';
import type { TenantRow } from '../store/schema';

/** Who the customer is told is on the other side; both sides get it from here, so that it is the same. */
export const hostNames = (tenant: TenantRow | undefined, operatorName: string): Host => ({
  operator: operatorName,
  company: tenant?.company ?? '',
});
