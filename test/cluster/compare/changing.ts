import {apply, at, erase, jsonPatch, mergePatch, post, put, strategicPatch} from '../../servers/questions.ts';
import {configMap, deployment, paths, pod, type Row, version} from './row.ts';

const maps = paths.configMaps;
const web = paths.deployments('web');
/** Has no pods, so that nothing moves while it is patched. */
const still = paths.deployments('still');
const spec = (body: object) => ({spec: body});
const withSpec = (name: string, change: object) => ({...deployment(name), spec: {...deployment(name).spec, ...change}});
const applied = (data: object, more: object = {}) => ({...configMap('applied', data), ...more});
const invalidPatch = (name: string, body: unknown): Row => ({name: `json patch ${name}`, ask: jsonPatch(maps('a'), body)});

const creating: readonly Row[] = [
	{name: 'create again', ask: post(maps(), configMap('a'))},
	{name: 'create with a bad name', ask: post(maps(), configMap('Bad_Name'))},
	{name: 'create without a name', ask: post(maps(), {apiVersion: 'v1', kind: 'ConfigMap', metadata: {}})},
	{name: 'create from a prefix', ask: post(maps(), {apiVersion: 'v1', kind: 'ConfigMap', metadata: {generateName: 'made-'}})},
	{name: 'create with a version', ask: post(maps(), configMap('versioned', {}, {resourceVersion: '5'}))},
	{name: 'create elsewhere', ask: post(maps(), configMap('a', {}, {namespace: 'other'}))},
	{
		name: 'create in a missing namespace',
		ask: post('/api/v1/namespaces/missing/configmaps', {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}}),
	},
	{name: 'create another kind', ask: post(maps(), deployment('web'))},
	{name: 'create an unknown kind', ask: post(maps(), {apiVersion: 'v9', kind: 'Thing', metadata: {name: 'a'}})},
	{name: 'create without kind', ask: post(maps(), {metadata: {name: 'kindless'}})},
	{name: 'create from broken json', ask: post(maps(), '{"kind": ')},
	{name: 'create from nothing', ask: {method: 'POST', path: maps()}},
	{name: 'create from plain text', ask: {method: 'POST', path: maps(), body: 'hello', headers: {'content-type': 'text/plain'}}},
	{name: 'create with a number as data', ask: post(maps(), configMap('numbers', {color: 1}))},
	{name: 'create with a bad label', ask: post(maps(), configMap('labelled', {}, {labels: {'bad key': 'x'}}))},
	{name: 'create with a bad label value', ask: post(maps(), configMap('labelled', {}, {labels: {good: '-bad-'}}))},
	{name: 'create with a bad annotation', ask: post(maps(), configMap('noted', {}, {annotations: {'-bad-': 'x'}}))},
	{name: 'create as a bad manager', ask: post(maps(undefined, `?fieldManager=${'m'.repeat(130)}`), configMap('managed'))},
	{name: 'post to an object', ask: post(maps('a'), configMap('a'))},
	{name: 'put to a collection', ask: put(maps(), configMap('a'))},
	{name: 'deployment without selector', ask: post(paths.deployments(), withSpec('bare', {selector: undefined}))},
	{name: 'deployment with other labels', ask: post(paths.deployments(), deployment('other', {labels: {app: 'different'}}))},
	{name: 'deployment with negative replicas', ask: post(paths.deployments(), deployment('minus', {replicas: -1}))},
	{
		name: 'deployment with a bad image and port',
		ask: post(
			paths.deployments(),
			withSpec('broken', {
				template: {metadata: {labels: {app: 'broken'}}, spec: {containers: [{name: 'Main', ports: [{containerPort: 99999}]}]}},
			}),
		),
	},
	{
		name: 'deployment without containers',
		ask: post(paths.deployments(), withSpec('empty', {template: {metadata: {labels: {app: 'empty'}}, spec: {containers: []}}})),
	},
	{name: 'deployment with words as replicas', ask: post(paths.deployments(), {...deployment('words'), spec: {replicas: 'three'}})},
	{name: 'deployment with a bad strategy', ask: post(paths.deployments(), withSpec('strategy', {strategy: {type: 'Sideways'}}))},
	{
		name: 'pod with too big requests',
		ask: post(paths.pods(), {
			...pod('greedy'),
			spec: {containers: [{name: 'main', image: 'x:1', resources: {requests: {cpu: '2'}, limits: {cpu: '1'}}}]},
		}),
	},
	{
		name: 'pod with a bad quantity',
		ask: post(paths.pods(), {...pod('quantity'), spec: {containers: [{name: 'main', image: 'x:1', resources: {requests: {cpu: 'much'}}}]}}),
	},
	{name: 'unknown field, strict', ask: post(`${paths.deployments()}?fieldValidation=Strict`, withSpec('strict', {replica: 3}))},
	{name: 'unknown field, warn', ask: post(`${paths.deployments()}?fieldValidation=Warn&dryRun=All`, withSpec('warned', {replica: 3}))},
	{name: 'unknown field, ignore', ask: post(`${paths.deployments()}?fieldValidation=Ignore&dryRun=All`, withSpec('ignored', {replica: 3}))},
	{name: 'unknown field, bad mode', ask: post(`${maps()}?fieldValidation=Sometimes`, configMap('mode'))},
	{
		name: 'double field, strict',
		ask: post(
			`${maps()}?fieldValidation=Strict`,
			'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"double"},"data":{"a":"1","a":"2"}}',
		),
	},
	{name: 'dry run create', ask: post(`${maps()}?dryRun=All`, configMap('dry'))},
	{name: 'dry run left nothing', ask: {path: maps('dry')}},
	{name: 'bad dry run', ask: post(`${maps()}?dryRun=Some`, configMap('dry'))},
];

const wrongTypes: readonly (readonly [string, unknown])[] = [
	['a number as text', {a: 5}],
	['a fraction as text', {a: 1.5}],
	['yes as text', {a: true}],
	['a list as text', {a: [1, 'b']}],
	['a map as text', {a: {b: 'c', d: 1}}],
	['text as a map', 'a'],
	['a list as a map', ['a']],
];
const container = (more: object) => ({
	template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'main', image: 'x:1', ...more}]}},
});
const wrongSpecs: readonly (readonly [string, object])[] = [
	['text as a number', {replicas: 'three'}],
	['yes as a number', {replicas: true}],
	['text as a yes', {paused: 'yes'}],
	['a map as a list', {template: {metadata: {labels: {app: 'web'}}, spec: {containers: {name: 'main'}}}}],
	['text as a structure', {strategy: 'Recreate'}],
	['an item without its key', {template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{image: 'x:1'}]}}}],
	['an item that is text', {template: {metadata: {labels: {app: 'web'}}, spec: {containers: ['main']}}}],
	['an unknown field of an item', container({imag: 'x:1'})],
	['a number in a list of text', container({command: ['run', 7]})],
	['a list as a quantity', container({resources: {limits: {cpu: ['1']}}})],
	['a number as a quantity', container({resources: {limits: {cpu: 1.5}}})],
	['a doubled item', container({env: [{name: 'A'}, {name: 'A'}]})],
];

const applying: readonly Row[] = [
	{name: 'apply without manager', ask: apply(maps('applied'), applied({color: 'red'}))},
	{name: 'apply creates', ask: apply(maps('applied', '?fieldManager=one'), applied({color: 'red', size: 'big'}))},
	{name: 'apply again changes nothing', ask: apply(maps('applied', '?fieldManager=one'), applied({color: 'red', size: 'big'}))},
	{name: 'apply conflicts', ask: apply(maps('applied', '?fieldManager=two'), applied({color: 'green'}))},
	{name: 'apply conflicts twice', ask: apply(maps('applied', '?fieldManager=two'), applied({color: 'green', size: 'small'}))},
	{name: 'apply the same value shares it', ask: apply(maps('applied', '?fieldManager=two'), applied({color: 'red'}))},
	{name: 'apply by force', ask: apply(maps('applied', '?fieldManager=two&force=true'), applied({color: 'green'}))},
	{name: 'apply removes a field', ask: apply(maps('applied', '?fieldManager=one'), applied({}))},
	{name: 'apply dry run', ask: apply(maps('applied', '?fieldManager=two&dryRun=All'), applied({color: 'black'}))},
	{name: 'apply unknown field', ask: apply(`${web}?fieldManager=one&fieldValidation=Strict`, withSpec('web', {replica: 3}))},
	...wrongTypes.map(([name, data]) => ({name: `apply ${name}`, ask: apply(maps('applied', '?fieldManager=one'), applied({}, {data}))})),
	...wrongSpecs.map(([name, change]) => ({name: `apply ${name}`, ask: apply(`${web}?fieldManager=one`, withSpec('web', change))})),
	{name: 'apply another name', ask: apply(maps('applied', '?fieldManager=one'), configMap('different'))},
	{name: 'apply without name', ask: apply(maps('applied', '?fieldManager=one'), {apiVersion: 'v1', kind: 'ConfigMap', data: {a: '1'}})},
	{name: 'apply without kind', ask: apply(maps('applied', '?fieldManager=one'), {metadata: {name: 'applied'}})},
	...['a: [', 'a: [b', 'a: {b: c', 'a: b: c', 'a:\n\tb: c', 'a: 1\nb', '"a', 'a: *b', '- a', 'a: 1\na: 2', ''].map(yaml => ({
		name: `apply broken yaml ${JSON.stringify(yaml)}`,
		ask: apply(maps('applied', '?fieldManager=one'), yaml),
	})),
	{
		name: 'apply managed fields',
		ask: apply(maps('applied', '?fieldManager=one'), configMap('applied', {}, {managedFields: [{manager: 'x'}]})),
	},
	{name: 'apply an old version', ask: apply(maps('applied', '?fieldManager=one'), configMap('applied', {a: '1'}, {resourceVersion: '1'}))},
	{name: 'force without apply', ask: mergePatch(maps('applied', '?force=true'), {data: {a: '1'}})},
	{name: 'apply a deployment over another manager', ask: apply(`${web}?fieldManager=one`, deployment('web', {replicas: 2, image: 'x:2'}))},
	{name: 'apply replicas of another manager', ask: apply(`${web}?fieldManager=one`, deployment('web', {replicas: 4}))},
	{
		name: 'apply doubled list keys',
		ask: apply(
			`${web}?fieldManager=one`,
			withSpec('web', {
				template: {
					metadata: {labels: {app: 'web'}},
					spec: {
						containers: [
							{name: 'main', image: 'x:1'},
							{name: 'main', image: 'x:2'},
						],
					},
				},
			}),
		),
	},
];

const patching: readonly Row[] = [
	{name: 'pod alone runs', ask: {path: paths.pods('alone')}, until: body => at(body, 'status', 'phase') === 'Running'},
	{name: 'merge patch', ask: mergePatch(maps('a'), {data: {size: 'big', color: null}})},
	{name: 'merge patch as a manager', ask: mergePatch(maps('a', '?fieldManager=three'), {data: {shape: 'round'}})},
	{name: 'merge patch of nothing', ask: mergePatch(maps('a'), {})},
	{name: 'merge patch of missing', ask: mergePatch(maps('missing'), {data: {}})},
	{name: 'merge patch with an old version', ask: mergePatch(maps('a'), {metadata: {resourceVersion: '1'}})},
	{name: 'merge patch of the uid', ask: mergePatch(maps('a'), {metadata: {uid: 'different'}})},
	{name: 'merge patch of the name', ask: mergePatch(maps('a'), {metadata: {name: 'different'}})},
	{name: 'merge patch, broken', ask: mergePatch(maps('a'), '{"data"')},
	{name: 'merge patch, dry run', ask: mergePatch(maps('a', '?dryRun=All'), {data: {dry: 'yes'}})},
	{name: 'patch of an unknown type', ask: {...mergePatch(maps('a'), {}), headers: {'content-type': 'application/thing+json'}}},
	{
		name: 'json patch',
		ask: jsonPatch(maps('a'), [
			{op: 'test', path: '/data/size', value: 'big'},
			{op: 'add', path: '/data/a~1b', value: '1'},
		]),
	},
	invalidPatch('test fails', [{op: 'test', path: '/data/size', value: 'small'}]),
	invalidPatch('removes missing', [{op: 'remove', path: '/data/missing'}]),
	invalidPatch('replaces missing', [{op: 'replace', path: '/data/missing', value: '1'}]),
	invalidPatch('adds below missing', [{op: 'add', path: '/nothing/here', value: '1'}]),
	invalidPatch('unknown operation', [{op: 'turn', path: '/data/size'}]),
	invalidPatch('object', {op: 'add'}),
	invalidPatch('broken', '[{'),
	{
		name: 'strategic patch of an image',
		ask: strategicPatch(`${still}?dryRun=All`, spec({template: {spec: {containers: [{name: 'main', image: 'x:2'}]}}})),
	},
	{
		name: 'strategic patch adds a container',
		ask: strategicPatch(`${still}?dryRun=All`, spec({template: {spec: {containers: [{name: 'side', image: 'y:1'}]}}})),
	},
	{
		name: 'strategic patch removes a container',
		ask: strategicPatch(`${still}?dryRun=All`, spec({template: {spec: {containers: [{name: 'main', $patch: 'delete'}]}}})),
	},
	{name: 'strategic patch replaces', ask: strategicPatch(`${still}?dryRun=All`, spec({strategy: {$patch: 'replace', type: 'Recreate'}}))},
	{
		name: 'strategic patch keeps keys',
		ask: strategicPatch(`${still}?dryRun=All`, spec({strategy: {$retainKeys: ['type'], type: 'Recreate'}})),
	},
	{name: 'strategic patch with words', ask: strategicPatch(still, spec({replicas: 'three'}))},
	{name: 'strategic patch without a merge key', ask: strategicPatch(still, spec({template: {spec: {containers: [{image: 'x:2'}]}}}))},
	{name: 'strategic patch of a finalizer', ask: strategicPatch(maps('a'), {metadata: {finalizers: ['example.com/hold']}})},
	{
		name: 'strategic patch removes a finalizer',
		ask: strategicPatch(maps('a'), {metadata: {'$deleteFromPrimitiveList/finalizers': ['example.com/hold']}}),
	},
	{name: 'strategic patch, unknown field, strict', ask: strategicPatch(`${still}?fieldValidation=Strict`, spec({replica: 3}))},
	{name: 'immutable selector', ask: mergePatch(still, spec({selector: {matchLabels: {app: 'different'}}}))},
	{name: 'immutable pod', ask: mergePatch(paths.pods('alone'), spec({containers: [{name: 'main', image: 'x:1', command: ['run']}]}))},
	{name: 'mutable pod image', ask: strategicPatch(`${paths.pods('alone')}?dryRun=All`, spec({containers: [{name: 'main', image: 'x:9'}]}))},
	{
		name: 'create secret',
		ask: post(paths.secrets(), {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}, immutable: true, stringData: {key: 'value'}}),
	},
	{name: 'immutable secret', ask: mergePatch(paths.secrets('s'), {data: {key: 'b3RoZXI='}})},
	{name: 'immutable secret type', ask: mergePatch(paths.secrets('s'), {type: 'different'})},
	{
		name: 'secret not base64',
		ask: post(paths.secrets(), {apiVersion: 'v1', kind: 'Secret', metadata: {name: 't'}, data: {key: 'not base64!'}}),
	},
	{name: 'put', ask: seen => put(maps('b'), configMap('b', {color: 'new'}, {resourceVersion: version(seen('create config map b'))}))},
	{
		name: 'put an old version',
		ask: seen => put(maps('b'), configMap('b', {color: 'late'}, {resourceVersion: version(seen('create config map b'))})),
	},
	{name: 'put without version', ask: put(maps('b'), configMap('b', {color: 'newest'}))},
	{name: 'put another name', ask: put(maps('b'), configMap('different'))},
	{name: 'put missing', ask: put(maps('missing'), configMap('missing'))},
	{name: 'put a wrong uid', ask: put(maps('b'), configMap('b', {}, {uid: '11111111-1111-1111-1111-111111111111'}))},
];

const erasing: readonly Row[] = [
	{name: 'delete missing', ask: erase(maps('missing'))},
	{
		name: 'delete with a wrong uid',
		ask: erase(maps('c'), {kind: 'DeleteOptions', apiVersion: 'v1', preconditions: {uid: '11111111-1111-1111-1111-111111111111'}}),
	},
	{
		name: 'delete with an old version',
		ask: erase(maps('c'), {kind: 'DeleteOptions', apiVersion: 'v1', preconditions: {resourceVersion: '1'}}),
	},
	{name: 'delete with bad propagation', ask: erase(maps('c', '?propagationPolicy=Sideways'))},
	{name: 'delete dry run', ask: erase(maps('c', '?dryRun=All'))},
	{
		name: 'delete',
		ask: seen =>
			erase(maps('c'), {kind: 'DeleteOptions', apiVersion: 'v1', preconditions: {uid: at(seen('create config map c'), 'metadata', 'uid')}}),
	},
	{name: 'delete twice', ask: erase(maps('c'))},
	{name: 'create with a finalizer', ask: post(maps(), configMap('held', {}, {finalizers: ['example.com/hold']}))},
	{name: 'delete with a finalizer', ask: erase(maps('held'))},
	{name: 'finalizer is added late', ask: mergePatch(maps('held'), {metadata: {finalizers: ['example.com/hold', 'example.com/late']}})},
	{name: 'finalizer is removed', ask: mergePatch(maps('held'), {metadata: {finalizers: null}})},
	{name: 'finalized is gone', ask: {path: maps('held')}},
	{name: 'delete a collection', ask: erase(`${maps()}?labelSelector=tier%3Dback`)},
];

/** Creating, applying, patching, replacing and deleting, with every refusal that a tool may meet. */
export const changing: readonly Row[] = [...creating, ...applying, ...patching, ...erasing];
