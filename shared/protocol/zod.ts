/** zod as this project uses it: its compiled fast path needs `eval`, which the client's security policy forbids. */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
