import type {Action} from '../../../analysis/access/access-rule.ts';
import type {Holder} from '../../../analysis/access/grants.ts';
import {groupOf} from '../../../core/kube/kube-object.ts';
import type {ResourceType} from '../../../mcp/kubernetes/port.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {isNearly} from '../words/nearly.ts';
import {spoken, whereSpoken} from '../words/spoken.ts';

/** What people call a verb of RBAC. `read` asks for get, the right without which nothing is read. */
const verbs: readonly (readonly [verb: string, words: string])[] = [
	['deletecollection', 'deletecollection'],
	['delete', 'delete remove drop kill evict erase wipe purge destroy 날리 삭제 지우 제거 없애 죽이'],
	['create', 'create make add launch 만들 생성 추가 띄우'],
	['patch', 'patch restart 패치 재시작'],
	['update', 'update change edit modify write touch cordon uncordon scale 수정 변경 바꾸 업데이트 편집 고치 늘리 줄이'],
	['watch', 'watch 감시'],
	['list', 'list enumerate 나열 목록'],
	['impersonate', 'impersonate'],
	['get', 'get read see view look fetch access open tail 읽 보 조회 가져오 접근 확인'],
];

/** What is asked for beside a kind: it is a part of it. */
const parts: readonly (readonly [part: string, kind: string, words: string, verb?: string])[] = [
	['log', 'pods', 'log logs 로그', 'get'],
	['exec', 'pods', 'exec shell execute 셸 쉘 들어가', 'create'],
	['portforward', 'pods', 'port-forward portforward port_forward 포트포워드', 'create'],
	['scale', 'deployments', 'scale 스케일', 'update'],
];

/** The verb that a clause names first; undefined where it names none. */
function verbIn(clause: Clause): string | undefined {
	const found = verbs.map(([verb, words]) => ({verb, at: whereSpoken(clause, words)})).filter(({at}) => at !== -1);
	// `list` and `get` also ask for the answer itself: any other verb is the one that is meant.
	const telling = new Set(['list', 'get']);
	return (found.find(({verb}) => !telling.has(verb)) ?? found.toSorted((a, b) => a.at - b.at)[0])?.verb;
}

/**
 * What a clause asks to be allowed.
 * @param types kinds of the cluster, by which a kind becomes a resource and its group
 */
export function actionIn(clause: Clause, types: readonly ResourceType[]): Action | undefined {
	const part = parts.find(([, , words]) => spoken(clause, words));
	const said = kindsIn(clause, types).map(({kind}) => kind);
	const kind =
		said.find(each => each !== 'Namespace' && !holderKinds.has(each)) ??
		said.find(each => each !== 'Namespace' && each !== 'ServiceAccount');
	// `who may delete namespaces`: said in the plural and of no one place.
	const asked = kind ?? (kindsIn(clause).some(each => each.kind === 'Namespace' && each.plural) ? 'Namespace' : undefined);
	const verb = part?.[3] ?? verbIn(clause);
	const isOfPart = part !== undefined && (kind === undefined || holderKinds.has(kind));
	const type = isOfPart ? types.find(each => each.plural === part[1]) : types.find(each => each.kind === asked);
	if (verb === undefined || type === undefined) return undefined;
	const isPart = part !== undefined && (isOfPart || type.plural === part[1] || part[0] === 'scale');
	return {verb, group: groupOf(type.apiVersion), resource: isPart ? `${type.plural}/${part[0]}` : type.plural};
}

/** Kinds that say who, not what: `the service account ci`, `role x`. */
const holderKinds = new Set(['ServiceAccount', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

/** The holder whose name a clause says, in full or before the `@`; with one slip where nothing fits exactly. */
export function holdersIn({words}: Clause, holders: readonly Holder[]): readonly Holder[] {
	const unique = [...new Map(holders.map(holder => [JSON.stringify(holder), holder])).values()];
	const names = ({name}: Holder) => [name.toLowerCase(), name.toLowerCase().split('@')[0] ?? ''];
	const exact = unique.filter(holder => words.some(({text}) => names(holder).includes(text.replace(/^.*:/, ''))));
	return exact.length > 0 ? exact : unique.filter(holder => words.some(({text}) => names(holder).some(name => isNearly(text, name))));
}
