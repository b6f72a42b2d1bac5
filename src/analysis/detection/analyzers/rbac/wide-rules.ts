import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Holder} from '../../../access/grants.ts';
import {groupsOf, isWide} from '../../../access/resource-groups.ts';
import {isShared} from '../../../diagnosis/access-causes.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {inOrder} from '../../../diagnosis/writes-remedy.ts';
import type {Access} from './denied.ts';
import {actionsOf, holderOf, lacking, words} from './rule-holders.ts';
import {deedsOf} from './workload-deeds.ts';

/** Of what has no namespace. A Role may well allow its own namespace itself. */
const wideIn = (rule: Json) =>
	words(rule, 'resources').filter(
		each => isWide(each) && !each.startsWith('namespaces') && groupsOf(each).some(group => words(rule, 'apiGroups').includes(group)),
	);

const reading = new Set(['get', 'list', 'watch']);

const rbac = 'rbac.authorization.k8s.io';

/** A role for the whole cluster with these rules alone, and its binding. */
function forCluster(role: KubeObject, rules: readonly JsonObject[], users: readonly KubeObject[]): Remedy {
	const name = `${role.metadata.namespace ?? ''}-${role.metadata.name}`;
	const apiVersion = `${rbac}/v1`;
	const of = (kind: string, more: JsonObject) => {
		const ref = {apiVersion, kind, name};
		return {op: 'create' as const, ref, manifest: {apiVersion, kind, metadata: {name}, ...more}};
	};
	const holders = [...new Map(users.map(holderOf).map(each => [`${each.namespace}/${each.name}`, each])).values()];
	const subjects = holders.map(({kind, name: own, namespace = ''}) => ({kind, name: own, namespace}));
	return inOrder([of('ClusterRole', {rules}), of('ClusterRoleBinding', {roleRef: {apiGroup: rbac, kind: 'ClusterRole', name}, subjects})], {
		side: 'role',
		// Who may see the whole cluster a person decides.
		sure: false,
		text: {
			en: `Give ${rules.flatMap(each => words(each, 'resources')).join(', ')} to ${holders.map(each => each.name).join(', ')} by a ClusterRole ${name} and its binding`,
			ko: `ClusterRole ${name}과 바인딩으로 ${holders.map(each => each.name).join(', ')}에 ${rules.flatMap(each => words(each, 'resources')).join(', ')} 권한을 줍니다`,
		},
	});
}

/** A ClusterRole that these accounts have everywhere, and nobody else: it can take what the Role cannot give. */
function ownClusterRoles(users: readonly KubeObject[], {grants, objects}: Access): readonly KubeObject[] {
	const key = ({kind, namespace, name}: Holder) => `${kind} ${namespace ?? ''} ${name}`;
	const holders = new Set(users.map(user => key(holderOf(user))));
	return objects.filter(({kind, metadata, aggregationRule}) => {
		const given = grants.filter(({role}) => role.kind === kind && role.name === metadata.name);
		const everywhere = new Set(given.filter(({namespace}) => namespace === undefined).map(({holder}) => key(holder)));
		return (
			kind === 'ClusterRole' &&
			aggregationRule === undefined &&
			!isShared(metadata.name) &&
			given.every(({holder}) => holders.has(key(holder))) &&
			everywhere.size === holders.size
		);
	});
}

/** Such a role takes the rule in. The commands of the workloads say that they need it, and somebody meant to give it to them. */
function intoOwn(role: KubeObject, rule: JsonObject, users: readonly KubeObject[]): Remedy {
	const [rules, what] = [listAt(role, 'rules'), words(rule, 'resources').join(', ')];
	const isReading = words(rule, 'verbs').every(verb => reading.has(verb));
	const asks = (workload: KubeObject) =>
		deedsOf(workload).told.some(({action, namespace}) => namespace === undefined && words(rule, 'resources').includes(action.resource));
	return exchange(role, [{path: ['rules'], from: rules, to: [...rules, rule]}], {
		side: 'role',
		sure: isReading && users.every(asks),
		text: {
			en: `Let ${refText(refOf(role))}, which holds everywhere, allow ${what}`,
			ko: `클러스터 전체에 적용되는 ${refText(refOf(role))}에 ${what} 권한을 더합니다`,
		},
	});
}

/** What has no namespace no Role allows, and no RoleBinding either. */
export function wideRules(role: KubeObject, users: readonly KubeObject[], access: Access): readonly Cause[] {
	return listAt(role, 'rules').flatMap((rule, index): readonly Cause[] => {
		const wide = wideIn(rule);
		const hurt = wide.length === 0 ? [] : lacking(users, actionsOf(rule, wide, words(rule, 'verbs')), undefined, access);
		if (wide.length === 0 || (users.length > 0 && hurt.length === 0)) return [];
		const who = refText(refOf(role));
		const own: JsonObject = {apiGroups: words(rule, 'apiGroups'), resources: wide, verbs: words(rule, 'verbs')};
		return [
			{
				id: 'rule-needs-cluster',
				resource: refOf(role),
				path: `rules[${index}].resources`,
				severity: hurt.length > 0 ? 'medium' : 'low',
				hurts: hurt.map(refOf),
				cause: {
					en: `A rule of ${who} gives nothing: ${wide.join(', ')} belong to no namespace, and a Role allows what is in its own`,
					ko: `${who}의 규칙이 아무 권한도 주지 않습니다: ${wide.join(', ')}는 네임스페이스에 속하지 않는데 Role은 자기 네임스페이스 안만 허용합니다`,
				},
				evidence: [
					{source: who, detail: `rules[${index}] ${wide.join(', ')}: ${words(rule, 'verbs').join(', ')}`},
					...changeEvidence(role),
				],
				remedies:
					hurt.length === 0
						? []
						: [
								...ownClusterRoles(hurt, access)
									.slice(0, 1)
									.map(each => intoOwn(each, own, hurt)),
								forCluster(role, [own], hurt),
							],
			},
		];
	});
}
