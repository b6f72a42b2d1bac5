import {AsyncLocalStorage} from 'node:async_hooks';
import {randomBytes} from 'node:crypto';
import {
	type Context,
	createContextKey,
	defaultTextMapGetter,
	ROOT_CONTEXT,
	type Span,
	SpanKind,
	SpanStatusCode,
	trace,
} from '@opentelemetry/api';
import {parseKeyPairsIntoRecord, W3CTraceContextPropagator} from '@opentelemetry/core';
import {resourceFromAttributes} from '@opentelemetry/resources';
import {
	AlwaysOffSampler,
	AlwaysOnSampler,
	BatchSpanProcessor,
	ParentBasedSampler,
	type Sampler,
	TraceIdRatioBasedSampler,
	TracerProvider,
} from '@opentelemetry/sdk-trace';
import packageJson from '../../../package.json' with {type: 'json'};
import {type Clock, sleep} from '../../core/clock.ts';
import {failureType, type OpenSpan, type SpanStart, type Spans, type TraceCarrier} from '../../core/spans.ts';
import {otlpExporter} from './otlp-exporter.ts';
import type {TelemetryWish} from './telemetry-wish.ts';

/** How long a command waits for the collector when its work is over. */
const patienceMs = 2000;

/** Spans that wait for the collector: what comes on top is lost. */
const mostSpans = 2048;

const kinds = {server: SpanKind.SERVER, client: SpanKind.CLIENT};

type Opening = {readonly wish: TelemetryWish; readonly clock: Clock; readonly onLost: (why: string) => void};

/** Spans that go to a collector, by OpenTelemetry. Nothing is registered for the whole process: who has no `Spans` knows nothing of it. */
export function openTelemetry({wish, clock, onLost}: Opening): {readonly spans: Spans; readonly close: () => Promise<void>} {
	const stop = new AbortController();
	const exporter = otlpExporter({
		...{url: wish.url, timeoutMs: wish.timeoutMs, clock, onLost, signal: stop.signal},
		headers: parseKeyPairsIntoRecord(wish.headers),
	});
	const provider = new TracerProvider({
		resource: resourceOf(wish),
		sampler: samplerOf(wish),
		spanProcessors: [new BatchSpanProcessor({exporter, maxQueueSize: mostSpans, scheduledDelayMillis: 1000})],
		spanLimits: {attributeValueLengthLimit: 256},
	});
	const tracer = provider.getTracer(packageJson.name, packageJson.version);
	const around = new AsyncLocalStorage<Context>();

	function start({name, kind, attributes = {}, parent = {}}: SpanStart): {readonly span: Span; readonly context: Context} {
		const context = contextOf(parent, around.getStore() ?? ROOT_CONTEXT);
		const span = tracer.startSpan(name, {attributes: {...attributes}, ...(kind === undefined ? {} : {kind: kinds[kind]})}, context);
		return {span, context: trace.setSpan(context, span)};
	}
	return {
		spans: {
			within(given, run) {
				const {span, context} = start(given);
				return around.run(context, async () => {
					const open = opened(span);
					try {
						return await run(open);
					} catch (error) {
						open.fail(failureType(error));
						throw error;
					} finally {
						span.end();
					}
				});
			},
			begin(given) {
				const {span} = start(given);
				return {...opened(span), end: () => span.end()};
			},
		},
		async close() {
			const enough = new AbortController();
			const flushed = provider.shutdown().finally(() => enough.abort());
			await Promise.race([flushed, sleep(clock, patienceMs, enough.signal)]).catch(() => {});
			stop.abort();
		},
	};
}

/** The first word on a failure counts: who is nearer to it knows better what it was. */
function opened(span: Span): OpenSpan {
	let hasFailed = false;
	return {
		set: attributes => void span.setAttributes({...attributes}),
		fail(type) {
			if (hasFailed) return;
			hasFailed = true;
			span.setAttribute('error.type', type);
			span.setStatus({code: SpanStatusCode.ERROR});
		},
	};
}

const propagator = new W3CTraceContextPropagator();

/** Marks a context that somebody elsewhere named. */
const remote = createContextKey('mkcoa.remote');

/** The context that a carrier names, or the other one where it names none. */
function contextOf({traceparent, tracestate, isRemote = false}: TraceCarrier, otherwise: Context): Context {
	if (traceparent === undefined) return otherwise;
	const named = propagator.extract(ROOT_CONTEXT, {traceparent, tracestate}, defaultTextMapGetter);
	return named === ROOT_CONTEXT ? otherwise : named.setValue(remote, isRemote);
}

const resourceOf = ({resource, service}: TelemetryWish) =>
	resourceFromAttributes({
		'service.name': packageJson.name,
		'service.version': packageJson.version,
		'telemetry.sdk.name': 'opentelemetry',
		'telemetry.sdk.language': 'nodejs',
		...parseKeyPairsIntoRecord(resource),
		...(service === '' ? {} : {'service.name': service}),
	});

function samplerOf({sampler, ratio}: TelemetryWish): Sampler {
	const root = {
		always_on: () => new AlwaysOnSampler(),
		always_off: () => new AlwaysOffSampler(),
		traceidratio: () => new TraceIdRatioBasedSampler(ratio),
	};
	const [, name = ''] = /^(?:parentbased_)?(\w+)$/.exec(sampler) ?? [];
	const chosen = (name in root ? root[name as keyof typeof root] : root.always_on)();
	const isOwn = name in root && !sampler.startsWith('parentbased_');
	const usual = isOwn ? chosen : new ParentBasedSampler({root: chosen});
	const drawn = drawing(chosen);
	const ofRemote = new ParentBasedSampler({root: chosen, remoteParentSampled: drawn, ...(isOwn ? {remoteParentNotSampled: drawn} : {})});
	return {
		shouldSample: (context, ...about) => (context.getValue(remote) === true ? ofRemote : usual).shouldSample(context, ...about),
		toString: () => usual.toString(),
	};
}

/** Draws lots of its own: who chooses the id of a trace would else choose one that is sampled. */
const drawing = (sampler: Sampler): Sampler => ({
	shouldSample: (context, _, ...about) => sampler.shouldSample(context, randomBytes(16).toString('hex'), ...about),
	toString: () => sampler.toString(),
});
