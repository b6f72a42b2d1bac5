import {apply, at, erase, jsonPatch, mergePatch, post, put, strategicPatch, table} from '../../servers/questions.ts';
import {configMap, paths, type Row, version} from './row.ts';

const namespace = '/api/v1/namespaces/compare';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const sails = '/apis/test.mkcoa.dev/v1/namespaces/compare/sails';
const sail = (name: string, spec: object) => ({apiVersion: 'test.mkcoa.dev/v1', kind: 'Sail', metadata: {name}, spec});
const integer = {type: 'integer', minimum: 0};

const definition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'sails.test.mkcoa.dev'},
	spec: {
		group: 'test.mkcoa.dev',
		scope: 'Namespaced',
		names: {plural: 'sails', singular: 'sail', kind: 'Sail'},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				schema: {
					openAPIV3Schema: {
						type: 'object',
						properties: {
							spec: {type: 'object', required: ['size'], properties: {size: integer, color: {type: 'string', default: 'white'}}},
							status: {type: 'object', properties: {area: integer}},
						},
					},
				},
				additionalPrinterColumns: [{name: 'Size', type: 'integer', jsonPath: '.spec.size'}],
				subresources: {status: {}},
			},
		],
	},
};

const custom: readonly Row[] = [
	{name: 'definition create', ask: post(definitions, definition)},
	{
		name: 'definition is served',
		ask: {path: `${definitions}/sails.test.mkcoa.dev`},
		until: body => at(body, 'status', 'conditions', 1, 'status') === 'True',
	},
	{name: 'custom resources', ask: {path: '/apis/test.mkcoa.dev/v1'}, until: (_, {status}) => status === 200},
	{name: 'custom create', ask: post(sails, sail('main', {size: 3})), until: (_, {status}) => status === 201},
	{name: 'custom without a required field', ask: post(sails, sail('small', {color: 'red'}))},
	{name: 'custom below the minimum', ask: post(sails, sail('small', {size: -1}))},
	{name: 'custom of a wrong type', ask: post(sails, sail('small', {size: 'three'}))},
	{name: 'custom unknown field, strict', ask: post(`${sails}?fieldValidation=Strict`, sail('small', {size: 1, shape: 'round'}))},
	{name: 'custom unknown field is pruned', ask: post(sails, sail('small', {size: 1, shape: 'round'}))},
	{name: 'custom strategic patch', ask: strategicPatch(`${sails}/main`, {spec: {size: 4}})},
	{name: 'custom merge patch', ask: mergePatch(`${sails}/main`, {spec: {size: 4}})},
	{name: 'custom apply', ask: apply(`${sails}/main?fieldManager=one`, sail('main', {size: 5}))},
	{name: 'custom status by a patch of the whole', ask: mergePatch(`${sails}/main`, {status: {area: 3}})},
	{name: 'custom status', ask: mergePatch(`${sails}/main/status`, {status: {area: 7}, spec: {size: 9}})},
	{name: 'custom status leaves metadata', ask: mergePatch(`${sails}/main/status`, {metadata: {labels: {a: 'b'}}, status: {area: 8}})},
	{name: 'custom status below the minimum', ask: mergePatch(`${sails}/main/status`, {status: {area: -8}})},
	{name: 'custom status get', ask: {path: `${sails}/main/status`}},
	{name: 'custom status json patch', ask: jsonPatch(`${sails}/main/status`, [{op: 'replace', path: '/status/area', value: 9}])},
	{name: 'custom status put', ask: seen => put(`${sails}/main/status`, {...seen('custom status json patch'), status: {area: 10}})},
	{
		name: 'custom status apply',
		ask: apply(`${sails}/main/status?fieldManager=two`, {...sail('main', {}), spec: undefined, status: {area: 11}}),
	},
	{
		name: 'custom status apply by force',
		ask: apply(`${sails}/main/status?fieldManager=two&force=true`, {...sail('main', {}), spec: undefined, status: {area: 11}}),
	},
	{name: 'custom status in a create', ask: post(`${sails}?dryRun=All`, {...sail('other', {size: 1}), status: {area: 1}})},
	{name: 'custom apply of a wrong type', ask: apply(`${sails}/main?fieldManager=one`, sail('main', {size: 'big'}))},
	{name: 'custom apply of an unknown field', ask: apply(`${sails}/main?fieldManager=one`, sail('main', {size: 5, shape: 'round'}))},
	{name: 'custom table', ask: {path: sails, headers: table}},
	{name: 'custom delete', ask: erase(`${sails}/main`)},
	{name: 'definition delete', ask: erase(`${definitions}/sails.test.mkcoa.dev`)},
];

const rafts = '/apis/test.mkcoa.dev/v1/namespaces/compare/rafts';
const raft = (spec: object, more: object = {}) => ({
	apiVersion: 'test.mkcoa.dev/v1',
	kind: 'Raft',
	metadata: {name: 'main'},
	spec,
	...more,
});
const anything = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};
/** Says nothing about its fields, and keeps its status with the rest. */
const looseDefinition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'rafts.test.mkcoa.dev'},
	spec: {
		group: 'test.mkcoa.dev',
		scope: 'Namespaced',
		names: {plural: 'rafts', singular: 'raft', kind: 'Raft'},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				schema: {openAPIV3Schema: {type: 'object', properties: {spec: anything, status: anything}}},
			},
		],
	},
};

const loose: readonly Row[] = [
	{name: 'loose definition create', ask: post(definitions, looseDefinition)},
	{
		name: 'loose kind is served',
		ask: {path: rafts},
		until: (_, {status}) => status === 200,
	},
	{
		name: 'loose create with a status',
		ask: apply(`${rafts}/main?fieldManager=one`, raft({deck: {logs: 4, ropes: ['a', 'b'], empty: {}, none: null}}, {status: {wet: true}})),
		until: (_, {status}) => status === 201,
	},
	{name: 'loose apply beside it', ask: apply(`${rafts}/main?fieldManager=two`, raft({deck: {mast: {height: 2}}}))},
	{name: 'loose apply conflicts', ask: apply(`${rafts}/main?fieldManager=two`, raft({deck: {logs: 5}}))},
	{name: 'loose apply conflicts in a list', ask: apply(`${rafts}/main?fieldManager=two`, raft({deck: {ropes: ['c']}}))},
	{name: 'loose apply of another shape', ask: apply(`${rafts}/main?fieldManager=two&force=true`, raft({deck: {logs: {count: 5}}}))},
	{name: 'loose merge patch', ask: mergePatch(`${rafts}/main`, {spec: {deck: {logs: 6}, sail: {}}})},
	{name: 'loose status counts', ask: mergePatch(`${rafts}/main`, {status: {wet: false}})},
	{name: 'loose status has no path', ask: mergePatch(`${rafts}/main/status`, {status: {wet: false}})},
	{name: 'loose definition delete', ask: erase(`${definitions}/rafts.test.mkcoa.dev`)},
];

const aggregated = {accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'};

/** What stands apart: definitions of new kinds, newer discovery, a version of the past, and the end of the namespace. */
export const extending: readonly Row[] = [
	...custom,
	...loose,
	{name: 'aggregated discovery of the core', ask: {path: '/api', headers: aggregated}},
	{name: 'create the restless', ask: post(paths.configMaps(), configMap('restless'))},
	...Array.from({length: 3}, (_, count) => ({
		name: `change ${count}`,
		quiet: true,
		ask: mergePatch(paths.configMaps('restless'), {data: {count: String(count)}}),
	})),
	{
		name: 'a list of a past version',
		ask: seen => ({
			path: `${paths.configMaps()}?resourceVersionMatch=Exact&resourceVersion=${version(seen('change 1'))}&fieldSelector=metadata.name%3Drestless`,
		}),
	},
	{name: 'delete the namespace', ask: erase(namespace)},
	{name: 'create in a dying namespace', ask: post(paths.configMaps(), configMap('late'))},
	{name: 'namespace is gone', ask: {path: namespace}, until: (_, answer) => answer.status === 404},
];
