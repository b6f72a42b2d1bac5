import {createServer} from 'node:http';
import {whenOver} from './when-over.ts';

type Attribute = {readonly key: string; readonly value: {readonly [type: string]: unknown}};

/** A span as it travels (OTLP/JSON). */
export type SentSpan = {
	readonly traceId: string;
	readonly spanId: string;
	readonly parentSpanId?: string;
	readonly traceState?: string;
	readonly name: string;
	readonly kind: number;
	readonly attributes: readonly Attribute[];
	readonly status: {readonly code?: number; readonly message?: string};
};

/** What a collector does with a request. */
type Manner = 'takes' | 'never answers' | 'is busy at first';

/** A collector of spans on this machine, for the tests of one file. */
export async function otlpCollector(manner: Manner = 'takes') {
	const bodies: {readonly resourceSpans: readonly ResourceSpans[]}[] = [];
	const headers: {readonly [name: string]: unknown}[] = [];
	let refused = 0;
	const server = createServer((request, response) => {
		if (manner === 'never answers') return;
		if (manner === 'is busy at first' && refused === 0) {
			refused += 1;
			request.resume();
			response.writeHead(503).end();
			return;
		}
		const parts: Buffer[] = [];
		request
			.on('data', part => parts.push(part))
			.on('end', () => {
				headers.push({...request.headers, path: request.url});
				bodies.push(JSON.parse(Buffer.concat(parts).toString()));
				response.writeHead(200, {'content-type': 'application/json'}).end('{}');
			});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const leave = () =>
		new Promise(resolve => {
			server.closeAllConnections();
			server.close(resolve);
		});
	whenOver(leave);
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
	const spans = (): readonly SentSpan[] =>
		bodies.flatMap(({resourceSpans}) => resourceSpans.flatMap(({scopeSpans}) => scopeSpans.flatMap(scope => scope.spans)));
	return {
		url,
		headers,
		env: {OTEL_EXPORTER_OTLP_ENDPOINT: url},
		spans,
		/** Attributes of what sends them. */
		resource: () => attributesOf(bodies[0]?.resourceSpans[0]?.resource ?? {attributes: []}),
		/** All that was sent, as text. */
		text: () => JSON.stringify(bodies),
		clear: () => void bodies.splice(0),
		leave,
	};
}

type ResourceSpans = {
	readonly resource: {readonly attributes: readonly Attribute[]};
	readonly scopeSpans: readonly {readonly spans: readonly SentSpan[]}[];
};

export const attributesOf = ({attributes}: {readonly attributes: readonly Attribute[]}) =>
	Object.fromEntries(attributes.map(({key, value}) => [key, Object.values(value)[0]]));

/** The tree below one span of another program, or of all that begin a trace: a line each, in the order of names where several stand side by side. */
export function spanTree(spans: readonly SentSpan[], parent?: string): readonly string[] {
	const below = spans.filter(({parentSpanId = ''}) => parentSpanId === (parent ?? ''));
	const told = below.map(span => [lineOf(span), ...spanTree(spans, span.spanId).map(line => `  ${line}`)]);
	return [...new Map(told.map(lines => [lines.join('\n'), lines])).values()]
		.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
		.flat();
}

function lineOf(span: SentSpan): string {
	const {'error.type': error, 'k8s.namespace.name': namespace, 'mkcoa.outcome': outcome} = attributesOf(span);
	return [span.name, namespace, outcome, ...(span.status.code === 2 ? [`✗ ${error}`] : [])].filter(Boolean).join(' ');
}
