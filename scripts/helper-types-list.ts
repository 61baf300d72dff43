/** Everything the helper sends or receives, under the names that its Go types get. */
import type { z } from '../shared/protocol/zod';
import * as common from '../shared/protocol/common';
import * as customer from '../shared/protocol/customer';
import * as errors from '../shared/protocol/errors';
import * as helper from '../shared/protocol/helper';
import * as input from '../shared/protocol/input';
import * as relay from '../shared/protocol/relay';
import { z as zod } from '../shared/protocol/zod';

/** Schemas that others contain are listed too: a named one becomes one Go type. */
export const HELPER_MESSAGES: Record<string, z.ZodType> = {
  Mode: common.Mode,
  Side: common.Side,
  Party: common.Party,
  EndReason: common.EndReason,
  Language: common.Language,
  IceServer: common.IceServer,
  IceConfig: common.IceConfig,
  ErrorCode: errors.ErrorCode,
  Failure: errors.Failure,

  HelperSystem: helper.HelperSystem,
  HelperEnd: helper.HelperEnd,
  HelperHost: helper.HelperHost,
  Attach: helper.Attach,
  Attached: helper.Attached,
  HelperResume: helper.HelperResume,
  HelperSnapshot: helper.HelperSnapshot,
  RelayEnvelope: relay.RelayEnvelope,
  ToBrowser: helper.ToBrowser,
  FromBrowser: helper.FromBrowser,
  BrowserPresence: helper.BrowserPresence,
  Grants: helper.Grants,
  ReportGrants: helper.ReportGrants,
  Surface: helper.Surface,
  Card: relay.Card,
  LinkSignal: relay.LinkSignal,
  HostLineMessage: helper.HostLineMessage,
  PeerLineMessage: helper.PeerLineMessage,
  InputMessage: input.InputMessage,
  HelperSessionMessage: input.HelperSessionMessage,
  ClipboardMessage: input.ClipboardMessage,

  Join: customer.Join,
  Host: customer.Host,
  Joined: customer.Joined,
  OfSession: customer.OfSession,
  IceAnswer: zod.object({ ice: common.IceConfig }),
  Relay: customer.Relay,
  Consent: customer.Consent,
  End: customer.End,
  Ended: customer.Ended,
  PeerPresence: customer.PeerPresence,
  Picture: relay.Picture,
  RelayMessage: relay.RelayMessage,
};

export const HELPER_CONSTANTS: Record<string, string | number> = {
  ProtocolVersion: common.PROTOCOL_VERSION,
  HelperNamespace: helper.HELPER_NAMESPACE,
  CustomerNamespace: customer.CUSTOMER_NAMESPACE,
  HelperOfferMs: helper.HELPER_OFFER_MS,
  MaxSurfaces: helper.MAX_SURFACES,
  InputChannelID: input.HELPER_CHANNELS.input,
  ClipboardChannelID: input.HELPER_CHANNELS.clipboard,
  MaxChannelBytes: input.MAX_HELPER_CHANNEL_BYTES,
  MaxClipboardChars: input.MAX_CLIPBOARD_CHARS,
  ClipboardPartChars: input.CLIPBOARD_PART_CHARS,
};
