import {apply, at, erase, jsonPatch, mergePatch, post, put, strategicPatch} from '../../servers/questions.ts';
import {configMap, paths, pod, type Row, version} from './row.ts';

const list = paths.configMaps;
const manager = 'fieldManager=mkcoa&fieldValidation=Strict';
const dry = `${manager}&dryRun=All`;
const aggregated = {accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'};
const tabular = {accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'};
const nothing = {resourceVersion: '1'};
const stale = {resourceVersion: '1'};
const deletion = (more: object) => ({apiVersion: 'v1', kind: 'DeleteOptions', ...more});
const review = (kind: string, spec: object) =>
	post(`/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`, {apiVersion: 'authorization.k8s.io/v1', kind, spec});
const evict = (more: object) =>
	post(paths.pods('own', '/eviction?dryRun=All'), {
		apiVersion: 'policy/v1',
		kind: 'Eviction',
		metadata: {name: 'own', namespace: 'compare'},
		deleteOptions: more,
	});

/** Every form of request that mkcoa itself sends (src/mcp/kubernetes/client), with its answer and its refusal. */
export const product: readonly Row[] = [
	{name: 'own discovery of the core', ask: {path: '/api', headers: aggregated}},
	{name: 'own discovery of groups', ask: {path: '/apis', headers: aggregated}},
	{name: 'own plan of a create', ask: post(`${list()}?${dry}`, configMap('own'))},
	{name: 'own create', ask: post(`${list()}?${manager}`, configMap('own'))},
	{name: 'own create again', ask: post(`${list()}?${manager}`, configMap('own'))},
	{
		name: 'own apply of what must not be there',
		ask: apply(list('own', `?${manager}&force=false`), configMap('own', {color: 'red'}, nothing)),
	},
	{name: 'own apply that creates', ask: apply(list('own-applied', `?${manager}&force=false`), configMap('own-applied', {a: '1'}, nothing))},
	{
		name: 'own apply bound to a version',
		ask: seen =>
			apply(
				list('own-applied', `?${manager}&force=false`),
				configMap(
					'own-applied',
					{a: '2'},
					{
						uid: at(seen('own apply that creates'), 'metadata', 'uid'),
						resourceVersion: version(seen('own apply that creates')),
					},
				),
			),
	},
	{
		name: 'own apply bound to an old version',
		ask: apply(list('own-applied', `?${manager}&force=false`), configMap('own-applied', {a: '3'}, stale)),
	},
	{
		name: 'own apply bound to a missing uid',
		ask: apply(list('own-gone', `?${manager}&force=false`), configMap('own-gone', {}, {uid: 'x-1'})),
	},
	{name: 'own plan of an apply with a conflict', ask: apply(list('own', `?${dry}&force=false`), configMap('own', {color: 'green'}))},
	{name: 'own apply, misspelt', ask: apply(list('own-applied', `?${manager}&force=false`), {...configMap('own-applied'), dta: {}})},
	{
		name: 'own merge patch bound',
		ask: seen => mergePatch(list('own', `?${manager}`), {data: {b: '1'}, metadata: {resourceVersion: version(seen('own create'))}}),
	},
	{name: 'own merge patch bound to an old version', ask: mergePatch(list('own', `?${manager}`), {data: {b: '2'}, metadata: stale})},
	{name: 'own strategic patch bound to an old version', ask: strategicPatch(list('own', `?${manager}`), {data: {b: '2'}, metadata: stale})},
	{
		name: 'own json patch bound to an old version',
		ask: jsonPatch(list('own', `?${manager}`), [
			{op: 'add', path: '/data/c', value: '1'},
			{op: 'add', path: '/metadata/resourceVersion', value: '1'},
		]),
	},
	{
		name: 'own json patch bound',
		ask: seen =>
			jsonPatch(list('own', `?${manager}`), [
				{op: 'add', path: '/data/c', value: '1'},
				{op: 'add', path: '/metadata/resourceVersion', value: version(seen('own merge patch bound'))},
			]),
	},
	{name: 'own put, misspelt', ask: put(list('own', `?${manager}`), {...configMap('own'), dta: {}})},
	{name: 'own put bound to an old version', ask: put(list('own', `?${manager}`), configMap('own', {}, stale))},
	{name: 'own plan of a put', ask: put(list('own', `?${dry}`), configMap('own', {color: 'white'}))},
	{name: 'own scale', ask: mergePatch(paths.deployments('still', `/scale?${dry}`), {spec: {replicas: 2}})},
	{
		name: 'own scale bound to an old version',
		ask: mergePatch(paths.deployments('still', `/scale?${dry}`), {spec: {replicas: 2}, metadata: stale}),
	},
	{name: 'own table', ask: {path: `${list()}?includeObject=Metadata&limit=2&fieldSelector=metadata.name%3Down`, headers: tabular}},
	{name: 'own table of a missing kind', ask: {path: '/api/v1/namespaces/compare/things?includeObject=Metadata', headers: tabular}},
	{
		name: 'own watch',
		ask: seen => ({
			path: `${list()}?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=${version(seen('own create'))}&fieldSelector=metadata.name%3Down`,
			lines: 2,
		}),
	},
	{
		name: 'own question about rights',
		as: 'reader',
		ask: review('SelfSubjectAccessReview', {
			resourceAttributes: {verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'compare', name: 'web'},
		}),
	},
	{
		name: 'own question about a path',
		as: 'reader',
		ask: review('SelfSubjectAccessReview', {nonResourceAttributes: {verb: 'get', path: '/metrics'}}),
	},
	{name: 'own question about all rights', as: 'reader', ask: review('SelfSubjectRulesReview', {namespace: 'compare'})},
	{name: 'own question about all rights of nobody', as: 'nobody', ask: review('SelfSubjectRulesReview', {namespace: 'compare'})},
	{
		name: 'own question about another',
		ask: review('SubjectAccessReview', {
			user: 'x',
			groups: ['readers'],
			resourceAttributes: {verb: 'list', resource: 'pods', namespace: 'compare'},
		}),
	},
	{
		name: 'own question about another by a reader',
		as: 'reader',
		ask: review('SubjectAccessReview', {user: 'x', resourceAttributes: {verb: 'list', resource: 'pods'}}),
	},
	{name: 'own pod', ask: post(paths.pods(), pod('own'))},
	{name: 'own pod runs', ask: {path: paths.pods('own')}, until: body => at(body, 'status', 'phase') === 'Running'},
	{name: 'own plan of an eviction', ask: seen => evict({preconditions: {uid: at(seen('own pod'), 'metadata', 'uid')}, dryRun: ['All']})},
	{name: 'own plan of an eviction of another', ask: evict({preconditions: {uid: '11111111-1111-1111-1111-111111111111'}, dryRun: ['All']})},
	{name: 'own logs of a missing pod', ask: {path: `${paths.pods('missing')}/log?tailLines=5`, headers: {accept: '*/*'}}},
	{name: 'own logs of a missing container', ask: {path: `${paths.pods('own')}/log?container=side`, headers: {accept: '*/*'}}},
	...['tailLines=x', 'limitBytes=0', 'sinceSeconds=0', 'sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z'].map(query => ({
		name: `own logs with ${query}`,
		ask: {path: `${paths.pods('own')}/log?${query}`, headers: {accept: '*/*'}},
	})),
	{name: 'own logs with a bad number', ask: {path: `${paths.pods('own')}/log?tailLines=-1`, headers: {accept: '*/*'}}},
	{name: 'own plan of a delete', ask: erase(`${list('own')}?dryRun=All`, deletion({propagationPolicy: 'Foreground', dryRun: ['All']}))},
	{
		name: 'own delete bound to an old version',
		ask: erase(list('own'), deletion({preconditions: {resourceVersion: '1'}, propagationPolicy: 'Background'})),
	},
	{
		name: 'own delete',
		ask: seen =>
			erase(list('own'), deletion({preconditions: {uid: at(seen('own create'), 'metadata', 'uid')}, propagationPolicy: 'Background'})),
	},
	{name: 'own delete of a pod', ask: erase(paths.pods('own'), deletion({gracePeriodSeconds: 0}))},
];
