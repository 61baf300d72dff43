/** The address of the chat window. */
import { EmbedQuery } from '../../../shared/protocol/embed';

/** The query of the chat window; `login` is the old name of `owner`. Null: nobody's chat. */
export function readQuery(search: string): EmbedQuery | null {
  const { login, ...rest } = Object.fromEntries(new URLSearchParams(search));
  const named = Object.entries({ owner: login, ...rest }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const { owner, ...others } = Object.fromEntries(named);
  const parsed = EmbedQuery.safeParse({ ...others, owner: owner?.toUpperCase() });
  return parsed.success ? parsed.data : null;
}
