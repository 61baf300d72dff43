import { createContext } from 'svelte';
import type { Account } from '../signin/account.svelte';

/** The administrator's sign-in, for the sections below the frame. */
export const [getAccount, setAccount] = createContext<Account>();
