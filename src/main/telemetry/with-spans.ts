import type {ExitCode} from '../../core/outcome.ts';
import type {SpanStart, Spans} from '../../core/spans.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import {telemetryWish} from './telemetry-wish.ts';

type Telling = Host & {readonly spans: Spans};
type Act = (call: ActionCall, host: Host) => Promise<ExitCode>;

/**
 * An action that a tracing system is told of, where the environment names one; nothing of OpenTelemetry is read where not.
 * @param command what the span is called that all of it stands below; none if left out
 */
export const withSpans =
	(act: Act, command?: string): Act =>
	async (call, host) => {
		const wish = telemetryWish(host.env);
		if (wish === undefined) return act(call, host);
		const {streams, clock} = host;
		if ('refused' in wish) {
			streams.err(`! No spans are sent: ${wish.refused}\n`);
			return act(call, host);
		}
		const {openTelemetry} = await import('./open-telemetry.ts');
		let lost: string | undefined;
		const tellLost = () => {
			if (lost !== undefined) streams.err(`! Spans were lost, because ${wish.url.host} did not take them: ${lost}\n`);
			lost = undefined;
		};
		const {spans, close} = openTelemetry({
			wish,
			clock,
			onLost(why) {
				lost = why;
				// On a terminal there may be a screen, which is not written over.
				if (!streams.canAsk) tellLost();
			},
		});
		try {
			return await (command === undefined
				? act(call, telling(host, spans))
				: inSpan({name: `mkcoa ${command}`, parent: wish.parent}, act, call, telling(host, spans)));
		} finally {
			await close();
			tellLost();
		}
	};

const inSpan = (start: SpanStart, act: Act, call: ActionCall, host: Telling): Promise<ExitCode> =>
	host.spans.within(start, async span => {
		const code = await act(call, host);
		span.set({'process.exit.code': code});
		if (code !== 0) span.fail(`exit ${code}`);
		return code;
	});

/** The same host with spans. Its streams are opened when they are first asked for, so they are not asked for here. */
const telling = (host: Host, spans: Spans): Telling =>
	// It has all properties of the host, as they were defined.
	Object.defineProperties({}, {...Object.getOwnPropertyDescriptors(host), spans: {value: spans, enumerable: true}}) as Telling;
