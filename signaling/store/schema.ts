/**
 * The tables as Kysely sees them. Only portable columns: text identifiers, integer epoch milliseconds, 0/1 for
 * booleans, JSON as text. Every table carries `tenant_id`, so that one day a second tenant is a row, not a rewrite.
 */
import type { Kysely, Selectable } from 'kysely';
import type { EndReason, Language, Mode, Party, Path, Side } from '../../shared/protocol/common';
import type { PictureKind } from '../../shared/protocol/embed';
import type { HelperSystem } from '../../shared/protocol/helper';
import type { Permit, Role } from '../../shared/protocol/http';
import type { ChatTables } from './chat-schema';
import type { MailSettings, OfflineState } from '../../shared/protocol/mail';

export interface TenantTable {
  id: string;
  /** Always 1 and unique: the store itself allows one set-up only. */
  slot: number;
  company: string;
  subscriber: string;
  language: Language;
  created_at: number;
}

export interface VaultTable {
  tenant_id: string;
  public_key: string;
  identity_key: string;
  wrapped: string;
  /** The identity key's signature on the public key; null until an administrator's device has added it. */
  card: string | null;
}

export interface AccountTable {
  id: string;
  tenant_id: string;
  role: Role;
  /** As the administrator wrote it. */
  login_id: string;
  /** `login_id` in lower case; unique within tenant and role. */
  login_key: string;
  name: string;
  email: string;
  password_hash: string;
  state: 'enabled' | 'disabled';
  created_at: number;
}

/** T-RS-7, one row an operator. */
export interface PermitTable {
  account_id: string;
  tenant_id: string;
  /** JSON array of modes. */
  modes: string;
  file_transfer: number;
  file_prerequest: number;
  app_selection: number;
  app_selection_always: number;
  recording: Permit['recording'];
}

export interface SignInTable {
  id: string;
  tenant_id: string;
  account_id: string;
  role: Role;
  token_hash: string;
  created_at: number;
  seen_at: number;
}

/** Failures in a row, for existing and unknown IDs alike. */
export interface LoginFailureTable {
  tenant_id: string;
  role: Role;
  login_key: string;
  failures: number;
  failed_at: number;
  locked_until: number | null;
}

export type SessionState = 'waiting' | 'joined' | 'active' | 'ended';

/** How a session's link was mailed: by the server, or by the operator's own mail program, where a draft was opened. */
export type Mailed = 'server' | 'own';

/** At once the live state of a session and its audit record. */
export interface SessionTable {
  id: string;
  tenant_id: string;
  operator_account: string;
  operator_id: string;
  operator_name: string;
  /** The sign-in that answers for the session; its end ends the session. */
  sign_in: string;
  state: SessionState;
  mode: Mode;
  path: Path;
  rdv: string | null;
  share: string | null;
  operator_resume: string | null;
  customer_resume: string | null;
  /** The attached socket of each side; null: away. */
  operator_socket: string | null;
  customer_socket: string | null;
  /** Until when an absent side may come back. */
  operator_away_until: number | null;
  customer_away_until: number | null;
  /** An end that one side reported of the other, which was attached and has yet to say so itself. */
  pending_end_by: Side | null;
  pending_end_reason: EndReason | null;
  pending_end_at: number | null;
  customer_address: string | null;
  issued_at: number;
  expires_at: number;
  redeemed_at: number | null;
  consent: 'granted' | 'declined' | null;
  consent_at: number | null;
  started_at: number | null;
  ended_at: number | null;
  ended_by: Party | null;
  end_reason: EndReason | null;
  route: 'direct' | 'relayed' | null;
  protocol: string | null;
  dtls_cipher: string | null;
  srtp_cipher: string | null;
  /** 1: only chosen windows may be shown, as the operator asked or the permit always has it. */
  app_selection: number;
  /** How many windows were chosen. */
  windows: number | null;
  /** The conversation it was asked for in; of path `chat` alone. */
  chat_id: string | null;
  /** How its link was mailed, as far as the server knows: whoever comes by it then came by `mail`. */
  mailed: Mailed | null;
}

/**
 * The helper of a session, one row a session. `rdv` and `expires_at`: offered and not yet attached; `resume`: attached,
 * with `socket` in place or null while away. What it was (version and system) stays for the audit.
 */
export interface HelperTable {
  session_id: string;
  tenant_id: string;
  rdv: string | null;
  offered_at: number;
  expires_at: number | null;
  attached_at: number | null;
  socket: string | null;
  resume: string | null;
  /** Until when an absent helper may come back. */
  away_until: number | null;
  version: string | null;
  system: HelperSystem | null;
  system_version: string | null;
}

/** What the helper was allowed, as it changed; `n` counts from 1 within the session. */
export interface SessionGrantTable {
  session_id: string;
  n: number;
  tenant_id: string;
  at: number;
  input: number;
  clipboard: number;
}

/** A canned reply. `owner`: the operator's account, or empty for the tenant's. */
export interface ReplyTable {
  id: string;
  tenant_id: string;
  owner: string;
  shortcut: string;
  text: string;
  changed_at: number;
}

/** A staff device: a browser of one account. `certificate` (JSON) and `wrapped` are there once it was approved. */
export interface DeviceTable {
  /** base64url of 16 bytes, made from the two keys. */
  id: string;
  tenant_id: string;
  account_id: string;
  sign_key: string;
  box_key: string;
  proof: string;
  name: string;
  state: 'pending' | 'approved' | 'revoked';
  certificate: string | null;
  wrapped: string | null;
  created_at: number;
  approved_at: number | null;
  seen_at: number | null;
}

/** What the administrator sets about the chat button; `origins` and `hours` are JSON. No row: the defaults. */
export interface ChatSettingsTable {
  tenant_id: string;
  origins: string;
  offline_messages: number;
  hours: string;
}

/** T-RS-4. */
export interface ButtonSetTable {
  tenant_id: string;
  name: string;
  online: string;
  offline: string;
}

/** Uploaded pictures; `data` is base64. */
export interface PictureTable {
  id: string;
  tenant_id: string;
  kind: PictureKind;
  type: 'gif' | 'png' | 'webp';
  /** Of the file, as it was uploaded. */
  name: string;
  created_at: number;
  data: string;
}

export interface AdminLogTable {
  id: string;
  tenant_id: string;
  at: number;
  actor: string;
  action: string;
  subject: string;
  address: string | null;
}

/** How the tenant sends mail; without a row it sends none. */
export interface MailSettingsTable {
  tenant_id: string;
  host: string;
  port: number;
  security: MailSettings['security'];
  user_name: string;
  /** Sealed with a key that is not in the store. */
  password_box: string | null;
  from_name: string;
  from_address: string;
}

export interface OfflineMessageTable {
  id: string;
  tenant_id: string;
  at: number;
  language: Language;
  state: OfflineState;
  /** Name of whoever changed the state last. */
  changed_by: string | null;
  changed_at: number | null;
  /** Sealed for the vault. */
  box: string;
}

/** Proofs of work that were used, for as long as they would be good. */
export interface SpentProofTable {
  nonce: string;
  expires_at: number;
}

/** Who is told of offline messages by mail; an account without a row is not. */
export interface NoticeTable {
  account_id: string;
  tenant_id: string;
  offline_mail: number;
  /** The last notice told of all messages up to then. */
  told_at: number;
  /** No further notice before. */
  next_at: number;
}

export interface Schema extends ChatTables {
  tenants: TenantTable;
  vaults: VaultTable;
  accounts: AccountTable;
  permits: PermitTable;
  sign_ins: SignInTable;
  login_failures: LoginFailureTable;
  sessions: SessionTable;
  helpers: HelperTable;
  session_grants: SessionGrantTable;
  devices: DeviceTable;
  admin_log: AdminLogTable;
  replies: ReplyTable;
  chat_settings: ChatSettingsTable;
  button_sets: ButtonSetTable;
  pictures: PictureTable;
  mail_settings: MailSettingsTable;
  offline_messages: OfflineMessageTable;
  spent_proofs: SpentProofTable;
  notices: NoticeTable;
}

export type Db = Kysely<Schema>;
export type TenantRow = Selectable<TenantTable>;
export type AccountRow = Selectable<AccountTable>;
export type SignInRow = Selectable<SignInTable>;
export type SessionRecord = Selectable<SessionTable>;
export type HelperRecord = Selectable<HelperTable>;
export type VaultRow = Selectable<VaultTable>;
export type DeviceRecord = Selectable<DeviceTable>;
export type ReplyRow = Selectable<ReplyTable>;
export type PictureRow = Selectable<PictureTable>;
