import {type ServerContext, TRACEPARENT_META_KEY, TRACESTATE_META_KEY} from '@modelcontextprotocol/server';
import type {TraceCarrier} from '../../core/spans.ts';

/** Where the client says, in `_meta`, that a request comes from. Its baggage goes nowhere from here, so nobody reads it. */
export function carrierOf({mcpReq}: ServerContext): TraceCarrier {
	const said: {readonly [key: string]: unknown} = Object(mcpReq._meta);
	const textAt = (key: string) => (typeof said[key] === 'string' ? said[key] : undefined);
	return {traceparent: textAt(TRACEPARENT_META_KEY), tracestate: textAt(TRACESTATE_META_KEY)};
}

/** The id of the trace that it says. */
export function traceOf(context: ServerContext): string | undefined {
	const [, id] = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/.exec(carrierOf(context).traceparent ?? '') ?? [];
	return id === undefined || /^0+$/.test(id) ? undefined : id;
}
