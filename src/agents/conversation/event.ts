/** The events of a conversation are core's, so that screens and printers may listen to them; agents name them from here. */
export type {ChatEvent, Choice, EmitChat, EndReason} from '../../core/chat-event.ts';
