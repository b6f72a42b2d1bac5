import type {Host} from '../host.ts';

/** What the environment says of spans: to whom they go and how many, in the words that all OpenTelemetry programs understand. */
export type TelemetryWish = {
	readonly url: URL;
	/** Pairs as a header of baggage writes them: `name=value,name=value`. */
	readonly headers: string;
	readonly resource: string;
	readonly service: string;
	readonly sampler: string;
	readonly ratio: number;
	/** How long one batch may take with all its tries. */
	readonly timeoutMs: number;
	/** The span that the process was started in. */
	readonly parent: {readonly traceparent: string | undefined; readonly tracestate: string | undefined};
};

/** Undefined where nobody asked for spans. `refused`: somebody did, in a way that mkcoa does not speak. */
export function telemetryWish(environment: Host['env']): TelemetryWish | {readonly refused: string} | undefined {
	const said = (name: string) => environment[name]?.trim() || undefined;
	const ofTraces = (name: string) => said(`OTEL_EXPORTER_OTLP_TRACES_${name}`) ?? said(`OTEL_EXPORTER_OTLP_${name}`);
	const [own, base] = [said('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'), said('OTEL_EXPORTER_OTLP_ENDPOINT')];
	const isOff = said('OTEL_SDK_DISABLED')?.toLowerCase() === 'true' || said('OTEL_TRACES_EXPORTER') === 'none';
	if (isOff || (own ?? base) === undefined) return undefined;
	if (ofTraces('PROTOCOL') === 'grpc') return {refused: 'mkcoa speaks OTLP over HTTP alone, and OTEL_EXPORTER_OTLP_PROTOCOL asks for grpc'};
	const url = URL.parse(own ?? `${base?.replace(/\/+$/, '')}/v1/traces`);
	if (url === null || !/^https?:$/.test(url.protocol))
		return {
			refused: `${own === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'} is no address of http or https`,
		};
	const ratio = Number(said('OTEL_TRACES_SAMPLER_ARG') ?? 1);
	const timeoutMs = Number(ofTraces('TIMEOUT'));
	return {
		url,
		headers: ofTraces('HEADERS') ?? '',
		resource: said('OTEL_RESOURCE_ATTRIBUTES') ?? '',
		service: said('OTEL_SERVICE_NAME') ?? '',
		sampler: said('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on',
		ratio: ratio >= 0 && ratio <= 1 ? ratio : 1,
		timeoutMs: timeoutMs > 0 ? timeoutMs : 10_000,
		parent: {traceparent: said('TRACEPARENT'), tracestate: said('TRACESTATE')},
	};
}
