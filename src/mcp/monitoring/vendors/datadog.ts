import {
	createConfiguration,
	type HttpLibrary,
	ResponseContext,
	SelfDecodingBody,
	ServerConfiguration,
} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js';
// The package's own entry holds the client of every product of theirs: 10 MB, of which this is one.
import {MetricsApi} from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/apis/MetricsApi.js';
import {MkcoaError} from '../../../core/error.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Wire} from '../http/wire.ts';
import type {RangeSeries, VendorMetrics} from '../port.ts';

type Keys = {readonly apiKey: string; readonly applicationKey: string};

/** The API of a site: `datadoghq.com`, `datadoghq.eu`, `us3.datadoghq.com`. @see https://docs.datadoghq.com/getting_started/site/ */
export const datadogAddress = (site = 'datadoghq.com') => `https://api.${site}`;

/**
 * Datadog through its official client, whose requests take the road of all others here.
 * @param base of the road, which the client writes in front of its paths
 * @see https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points
 */
export function datadog(wire: Wire, base: string, {apiKey, applicationKey}: Keys): VendorMetrics {
	const api = new MetricsApi(
		createConfiguration({
			baseServer: new ServerConfiguration(base, {}),
			authMethods: {apiKeyAuth: apiKey, appKeyAuth: applicationKey},
			httpApi: over(wire),
		}),
	);
	return {
		source: wire.server.source,
		language: 'datadog',
		async range(query, {fromMs, toMs}) {
			const [from, to] = [Math.floor(fromMs / 1000), Math.ceil(toMs / 1000)];
			const answer = await api.queryMetrics({from, to, query}).catch(error => {
				throw error instanceof MkcoaError ? error : refusal(wire.server.source, query, error instanceof Error ? error.message : '');
			});
			if (answer.status !== undefined && answer.status !== 'ok')
				throw refusal(wire.server.source, query, answer.error ?? answer.message ?? '');
			return {value: (answer.series ?? []).map(seriesOf), warnings: [], infos: [], partial: false};
		},
	};
}

/** The client's requests on our road. */
const over = (wire: Wire): HttpLibrary => ({
	async send(request) {
		const {pathname: path, searchParams} = new URL(request.getUrl());
		const reply = await wire.ask({path, parameters: Object.fromEntries(searchParams), headers: request.getHeaders()});
		const body = new SelfDecodingBody(Promise.resolve(Buffer.from(reply.text)));
		return new ResponseContext(reply.status, {'content-type': 'application/json'}, body);
	},
});

const refusal = (source: string, query: string, quoted: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-query',
		what: `${source} did not answer the query`,
		why: `the query was ${query}`,
		next: 'Correct what its words name, such as avg:kubernetes.cpu.usage.total{kube_namespace:shop} by {pod_name}',
		quoted: oneLine(quoted),
	});

type Given = {
	readonly metric?: string;
	readonly tagSet?: readonly string[];
	readonly pointlist?: readonly (readonly [number, number | null])[];
};

/** Tags are `name:value`; a tag without a value is one whose value is empty. Points without a value are gaps. */
function seriesOf({metric = '', tagSet = [], pointlist = []}: Given): RangeSeries {
	const tags = tagSet.map(tag => {
		const [name = '', ...value] = tag.split(':');
		return [name, value.join(':')] as const;
	});
	return {
		labels: {__name__: metric, ...Object.fromEntries(tags)},
		points: pointlist.flatMap(([atMs, value]) => (typeof value === 'number' ? [{atMs, value}] : [])),
	};
}
