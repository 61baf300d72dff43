/** What a connected socket carries, and the shape of one event's definition. */
import type { Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import type { ChatCustomerClientEvents, ChatServerEvents } from '../../shared/protocol/chat';
import type { ChatDeskClientEvents, ChatDeskServerEvents } from '../../shared/protocol/chat-desk';
import type { Mode, Side } from '../../shared/protocol/common';
import type { CustomerClientEvents, CustomerServerEvents } from '../../shared/protocol/customer';
import type { DeskClientEvents, DeskServerEvents } from '../../shared/protocol/desk';
import type { HelperClientEvents, HelperServerEvents } from '../../shared/protocol/helper';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Core } from '../core';

/** Who is at the other end: a browser of either side, or a helper. */
export type Speaker = Side | 'helper';

interface SocketData {
  side: Speaker;
  address: string;
  /** Operators: the account and the sign-in the socket was let in by. */
  account?: string;
  signIn?: string;
  /**
   * Sessions this socket was part of, with their modes, so that ending one twice is no error and a relay need not ask
   * the store. Bounded by the limits on joining.
   */
  been: Map<string, Mode>;
  /** When the page said that it is being closed. */
  goodbyeAt?: number;
  /** A conversation is being read for it. */
  resuming?: boolean;
}

type CustomerEvents = CustomerClientEvents & ChatCustomerClientEvents;
type DeskEvents = DeskClientEvents & ChatDeskClientEvents;
type ClientEvents = CustomerEvents & DeskEvents;
type ServerEvents = CustomerServerEvents & DeskServerEvents & ChatServerEvents & ChatDeskServerEvents;

/** Sockets of all namespaces; which events one may send is told by its namespace's list of definitions. */
export type AnySocket = Socket<Record<string, never>, ServerEvents, Record<string, never>, SocketData>;
export type HelperNamespace = Namespace<Record<string, never>, HelperServerEvents>;
export type AnyNamespace = Namespace<Record<string, never>, ServerEvents, Record<string, never>, SocketData>;

type AckOf<Listener> = Listener extends (message: never, ack: (answer: infer A) => void) => void
  ? Omit<Extract<A, { ok: true }>, 'ok'>
  : never;

/** The value an event is acknowledged with, as the protocol's event maps say. */
export type Answer<Event> =
  | (Event extends keyof CustomerEvents ? AckOf<CustomerEvents[Event]> : never)
  | (Event extends keyof DeskEvents ? AckOf<DeskEvents[Event]> : never);

export interface EventContext {
  core: Core;
  socket: AnySocket;
}

/** Throws a ProtocolError if the message may not be acted on. */
export type Rule<Message> = (context: EventContext, message: Message) => void | Promise<void>;

export interface EventDefinition {
  name: string;
  handle(context: EventContext, raw: unknown): Promise<object>;
}

/** One event of a browser: parse → authorise → act → acknowledge. The last step is `attach`'s. */
export const on = <Event extends keyof ClientEvents, Message extends Parameters<ClientEvents[Event]>[0]>(
  name: Event,
  schema: z.ZodType<Message>,
  rule: Rule<Message>,
  act: (context: EventContext, message: Message) => Promise<Answer<Event>>,
): EventDefinition => define(name, schema, rule, act);

/** The same for an event of a helper. */
export const onHelper = <
  Event extends keyof HelperClientEvents,
  Message extends Parameters<HelperClientEvents[Event]>[0],
>(
  name: Event,
  schema: z.ZodType<Message>,
  rule: Rule<Message>,
  act: (context: EventContext, message: Message) => Promise<AckOf<HelperClientEvents[Event]>>,
): EventDefinition => define(name, schema, rule, act);

function define<Message>(
  name: string,
  schema: z.ZodType<Message>,
  rule: Rule<Message>,
  act: (context: EventContext, message: Message) => Promise<object>,
): EventDefinition {
  return {
    name,
    async handle(context, raw) {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) throw new ProtocolError('invalid');
      await rule(context, parsed.data);
      return act(context, parsed.data);
    },
  };
}
