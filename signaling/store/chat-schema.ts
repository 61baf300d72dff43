/** The tables of the chat. Frames, keys and comments are sealed; the server can read none of them. */
import type { Selectable } from 'kysely';
import type { ChatEndedBy, ChatFrom, ChatState } from '../../shared/protocol/chat';
import type { Language } from '../../shared/protocol/common';

/** At once the live state of a conversation and its audit record. */
export interface ChatTable {
  id: string;
  tenant_id: string;
  state: ChatState;
  /** The last claim's; 0 before the first. */
  epoch: number;
  /** The `seq` that the next message gets. */
  next_seq: number;
  /** Of all its frames. */
  bytes: number;
  language: Language;
  visitor_key: string;
  key_box: string;
  /** Null some time after the end: nobody comes back any more. */
  token_hash: string | null;
  address: string | null;
  /** What limits and blocks count by. */
  address_hash: string | null;
  /** The account that claimed it last and still has it. */
  owner: string | null;
  /** Handed on to this account, by somebody of that name; null: waits for everybody. */
  for_account: string | null;
  for_from: string | null;
  waiting_since: number | null;
  started_at: number;
  /** Of the first claim. */
  claimed_at: number | null;
  /** Since when no page of the customer is there; null: one is. */
  customer_away_at: number | null;
  customer_delivered: number;
  customer_seen: number;
  staff_delivered: number;
  staff_seen: number;
  ended_at: number | null;
  ended_by: ChatEndedBy | null;
  /** Who of the staff ended it, where it was one of them. */
  ended_account: string | null;
  stars: number | null;
  comment: string | null;
}

/** One row a claim; epoch 0 is the customer's own and has none. */
export interface ChatEpochTable {
  chat_id: string;
  epoch: number;
  tenant_id: string;
  account_id: string;
  operator_id: string;
  operator_name: string;
  /** The claim as it was made, JSON. */
  claim: string;
  at: number;
  waited_ms: number;
}

export interface ChatMessageTable {
  chat_id: string;
  seq: number;
  tenant_id: string;
  epoch: number;
  /** Who speaks; `from` is a word of SQL. */
  speaker: ChatFrom;
  sender: string;
  n: number;
  frame: string;
  at: number;
}

/** Who of the staff is, or was, in a conversation. */
export interface ChatStaffTable {
  chat_id: string;
  account_id: string;
  tenant_id: string;
  owner: number;
  joined_at: number;
  left_at: number | null;
}

/** A conversation was handed on: to a colleague, or to everybody (null). `n` counts from 1. */
export interface ChatTransferTable {
  chat_id: string;
  n: number;
  tenant_id: string;
  at: number;
  from_id: string;
  from_name: string;
  to_id: string | null;
  to_name: string | null;
}

/** One row an address. What is null stands for a block from before that was kept. */
export interface BlockTable {
  id: string;
  tenant_id: string;
  address_hash: string;
  since: number | null;
  until: number;
  by_id: string | null;
  by_name: string | null;
  chat_id: string | null;
}

/** An address that began a conversation lately. */
export interface ChatAddressTable {
  tenant_id: string;
  address_hash: string;
  at: number;
}

/** Whether an operator takes chats, and when a desk of theirs was open last. */
export interface ChatPresenceTable {
  account_id: string;
  tenant_id: string;
  available: number;
  /** Renewed while a desk is open. */
  seen_at: number;
  /** When the last desk was closed; null: one is open. */
  left_at: number | null;
}

export interface ChatTables {
  chats: ChatTable;
  chat_epochs: ChatEpochTable;
  chat_messages: ChatMessageTable;
  chat_staff: ChatStaffTable;
  chat_transfers: ChatTransferTable;
  blocks: BlockTable;
  chat_addresses: ChatAddressTable;
  chat_presence: ChatPresenceTable;
}

export type ChatRecord = Selectable<ChatTable>;
