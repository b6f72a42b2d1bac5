import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {whenOver} from './when-over.ts';

const points = 200;

/** What is asked for, whether it stands in the address or in a form. */
async function askedOf(request: IncomingMessage): Promise<URLSearchParams> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	const {searchParams} = new URL(request.url ?? '/', 'http://127.0.0.1');
	return searchParams.size > 0 ? searchParams : new URLSearchParams(body);
}

/**
 * A Prometheus for which the two pods of a workload use the same at all times: 40 millicores and 60 MiB. Answers its address.
 * @param container the only one of each pod
 */
export async function steadyPrometheus(container: string): Promise<string> {
	const server = createServer(async (request, response) => {
		const asked = await askedOf(request);
		const [query, start, end] = ['query', 'start', 'end'].map(name => asked.get(name) ?? '');
		const value = query?.includes('cpu_usage') === true ? '0.04' : String(60 * 2 ** 20);
		const step = (Number(end) - Number(start)) / points;
		const values = Array.from({length: points + 1}, (_, index) => [Number(start) + index * step, value]);
		// Asked for all pods together, there are two that use as much each.
		const isCounted = query?.startsWith('count(') === true;
		const sums = {metric: {container}, values: values.map(([at, each]) => [at, isCounted ? '2' : String(2 * Number(each))])};
		const pods = ['a', 'b'].map(pod => ({metric: {pod: `${container}-1-${pod}`, container}, values}));
		const matrix = isCounted || query?.startsWith('sum by (container)') === true ? [sums] : pods;
		const now = query === 'vector(1)' ? [{metric: {}, value: [Date.now() / 1000, '1']}] : [];
		const data = start === '' ? {resultType: 'vector', result: now} : {resultType: 'matrix', result: matrix};
		response.setHeader('content-type', 'application/json').end(JSON.stringify({status: 'success', data}));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	whenOver(() => server.close());
	const {port} = server.address() as AddressInfo;
	return `http://127.0.0.1:${port}`;
}
