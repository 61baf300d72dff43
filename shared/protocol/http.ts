/** Browser ⇄ server over HTTP, under `/api`. JSON both ways; failures are `Failure` with a fitting status. */
import { z } from './zod';
import {
  EndReason,
  Language,
  Mode,
  Party,
  Path,
  PersonName,
  SubscriberCode,
  base64url,
  base64urlUpTo,
} from './common';
import { HelperSystem, HelperVersion } from './helper';

export const AccountId = z.string().regex(/^[A-Za-z0-9._@-]{1,64}$/);
/** Length only, as NIST SP 800-63B advises; the administrator's own policy is a later table. */
export const Password = z.string().min(10).max(200);
export const Email = z.union([z.literal(''), z.email().max(254)]);

export const Role = z.enum(['administrator', 'operator']);
export type Role = z.infer<typeof Role>;

/** POST /api/login */
export const Login = z.strictObject({
  id: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(200),
  role: Role,
});
export type Login = z.infer<typeof Login>;

/**
 * GET /api/me (query) and POST /api/logout (body): one browser may hold both roles. Left out: `me` prefers the
 * operator, `logout` ends both.
 */
export const WhichRole = z.strictObject({ role: Role.optional() });
export type WhichRole = z.infer<typeof WhichRole>;

export const RECORDING = ['off', 'select', 'always'] as const;
/** T-RS-7: what the administrator allows one operator. Enforced by the server. */
export const Permit = z.strictObject({
  modes: z.array(Mode).max(5),
  fileTransfer: z.boolean(),
  filePrerequest: z.boolean(),
  appSelection: z.boolean(),
  appSelectionAlways: z.boolean(),
  recording: z.enum(RECORDING),
});
export type Permit = z.infer<typeof Permit>;

/** GET /api/me, and the answer to a successful login. */
export const Me = z.object({
  id: AccountId,
  name: PersonName,
  role: Role,
  company: PersonName,
  subscriber: SubscriberCode,
  /** Only for operators. */
  permit: Permit.optional(),
});
export type Me = z.infer<typeof Me>;

/** The vault as the server keeps it: it can open none of it. */
export const VaultRecord = z.strictObject({
  publicKey: base64url(32),
  identityKey: base64url(32),
  /** The identity key's signature on the public key. */
  card: base64url(64),
  wrapped: base64urlUpTo(400),
});
export type VaultRecord = z.infer<typeof VaultRecord>;

/** POST /api/setup (once, with the one-time token) */
export const Setup = z.strictObject({
  token: z.string().min(1).max(200),
  company: PersonName,
  adminId: AccountId,
  password: Password,
  language: Language,
  vault: VaultRecord,
});
export type Setup = z.infer<typeof Setup>;
export const SetupDone = z.object({ subscriber: SubscriberCode });
export type SetupDone = z.infer<typeof SetupDone>;

/** GET /api/public: what any page may know. `demo` marks a throw-away installation. */
export const PublicInfo = z.object({
  company: PersonName.nullable(),
  language: Language.nullable(),
  demo: z.boolean(),
});
export type PublicInfo = z.infer<typeof PublicInfo>;

export const OperatorState = z.enum(['enabled', 'disabled']);
/** POST /api/admin/operators */
export const NewOperator = z.strictObject({
  id: AccountId,
  name: PersonName,
  email: Email.default(''),
  password: Password,
  state: OperatorState.default('enabled'),
});
export type NewOperator = z.infer<typeof NewOperator>;
/** PATCH /api/admin/operators/:id; what is left out stays as it is. */
export const OperatorChange = z.strictObject({
  name: PersonName.optional(),
  email: Email.optional(),
  password: Password.optional(),
  state: OperatorState.optional(),
  permit: Permit.optional(),
});
export type OperatorChange = z.infer<typeof OperatorChange>;
/** GET /api/admin/operators → Operator[] */
export const Operator = z.object({
  id: AccountId,
  name: PersonName,
  email: z.string(),
  state: OperatorState,
  /** Epoch ms until which sign-in is blocked, or null. */
  lockedUntil: z.number().int().nullable(),
  createdAt: z.number().int(),
  permit: Permit,
});
export type Operator = z.infer<typeof Operator>;

/** Most rows of one answer. */
export const MAX_PAGE_ROWS = 200;

export const PageQuery = z.strictObject({
  /** Rows that began before this time (epoch ms); the newest come first. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_ROWS).default(50),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** GET /api/admin/sessions → SessionRow[]; times are epoch ms or null where it did not come to that. */
export const SessionRow = z.object({
  id: z.string(),
  operatorId: z.string(),
  operatorName: z.string(),
  path: Path,
  mode: Mode,
  customerAddress: z.string().nullable(),
  issuedAt: z.number().int(),
  redeemedAt: z.number().int().nullable(),
  consent: z.enum(['granted', 'declined']).nullable(),
  consentAt: z.number().int().nullable(),
  startedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
  endedBy: Party.nullable(),
  endReason: EndReason.nullable(),
  route: z.enum(['direct', 'relayed']).nullable(),
  protocol: z.string().nullable(),
  dtlsCipher: z.string().nullable(),
  srtpCipher: z.string().nullable(),
  /** Application selection: only chosen windows were shown; their number once known. */
  windowsOnly: z.boolean(),
  windows: z.number().int().nullable(),
  helperVersion: z.string().nullable(),
  /** As `Windows 11 24H2`. */
  helperSystem: z.string().nullable(),
  /** Grants as they changed, oldest first. */
  grants: z.array(z.object({ at: z.number().int(), input: z.boolean(), clipboard: z.boolean() })),
});
export type SessionRow = z.infer<typeof SessionRow>;

/** One build of the helper, at `/helper/<system>-<arch>`. */
export const HelperDownload = z.object({
  system: HelperSystem,
  arch: z.enum(['amd64', 'arm64']),
  /** Where to get it, as `/helper/windows-amd64`. */
  path: z.string().regex(/^\/helper\/[a-z0-9-]+$/),
  /** What the file's name ends in: `.exe` or nothing. */
  suffix: z.enum(['', '.exe']),
  bytes: z.number().int().positive(),
  /** Lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  version: HelperVersion,
});
export type HelperDownload = z.infer<typeof HelperDownload>;
/** GET /api/helper. `builds` is empty when the helper is not built; `signed`: SHA256SUMS has its detached signature. */
export const HelperDownloads = z.object({ builds: z.array(HelperDownload).max(10), signed: z.boolean() });
export type HelperDownloads = z.infer<typeof HelperDownloads>;

/** GET /api/admin/log → AdminLogRow[] */
export const AdminLogRow = z.object({
  id: z.string(),
  at: z.number().int(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  address: z.string().nullable(),
});
export type AdminLogRow = z.infer<typeof AdminLogRow>;
