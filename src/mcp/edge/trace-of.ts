import {type ServerContext, TRACEPARENT_META_KEY} from '@modelcontextprotocol/server';
import type {TraceCarrier} from '../../core/spans.ts';

/**
 * Where the client says, in `_meta`, that a request comes from: numbers alone. Its `tracestate` and its baggage are text as it likes, which would reach
 * the collector, so nobody reads them.
 */
export function carrierOf({mcpReq, http}: ServerContext): TraceCarrier {
	const {[TRACEPARENT_META_KEY]: traceparent}: {readonly [key: string]: unknown} = Object(mcpReq._meta);
	return {traceparent: typeof traceparent === 'string' ? traceparent : undefined, isRemote: http !== undefined};
}

/** The id of the trace that it says. */
export function traceOf(context: ServerContext): string | undefined {
	const [, id] = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/.exec(carrierOf(context).traceparent ?? '') ?? [];
	return id === undefined || /^0+$/.test(id) ? undefined : id;
}
