import {grantsOf, type Holder} from '../../../analysis/access/grants.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {scopeIn} from '../names/scope-in.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {boundIn, holdersOf, mayDo, rightsOf, whoMay} from './access-answers.ts';
import {actionIn, holdersIn} from './access-question.ts';
import {asksToRead} from './asks-to-read.ts';
import {inLanguage} from './say.ts';

const accessKinds = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'] as const;

/** Everything that says who may do what, and the service accounts that may be named without any right. */
export async function readAccess(world: World): Promise<{readonly objects: readonly KubeObject[]; readonly holders: readonly Holder[]}> {
	const [accounts, ...lists] = await Promise.all([world.objects('ServiceAccount'), ...accessKinds.map(kind => world.objects(kind))]);
	const objects = lists.flat();
	const named = grantsOf(objects).map(({holder}) => holder);
	const own = accounts.map(({metadata}): Holder => ({kind: 'ServiceAccount', name: metadata.name, namespace: metadata.namespace}));
	return {objects, holders: [...named, ...own]};
}

const whoWords =
	'subject subjects group groups who whom whose anyone anybody everyone everybody whoever person principal principals identity identities human bot robot 주체 서비스어카운트 account accounts user users people 누구 사람 계정 사용자 누가';
const mayWords =
	'may can allowed allow able permitted permission permissions right rights access could authorized authorised role roles let_through gets_to get_to ok_for okay_for fine_for possible_for entitled 주체 권한 할_수 수 가능 허용 되 있 접근 못';

/** `log-reader 계정으로 도는 파드`: who runs as it, and no right. */
const runsAs = /(?:계정|어카운트)\S*\s?(?:도는|돌아가는|돌고|쓰는|사용하는|실행)/;

/** `Who can delete pods in x?`, `may ci create deployments in y?`, `what is minho allowed to do?`. */
export const access: Intent = {
	name: 'access',
	async understand(clause, world) {
		const isAbout =
			spoken(clause, `${mayWords} get_away_with have bound hold holds held assigned granted given 가진 가지`) ||
			clause.words.some(({text}) => /^(may|can|allowed|cannot|can't)$/.test(text)) ||
			does.test(clause.text);
		if (!asksToRead(clause) || !isAbout || runsAs.test(clause.text) || (await readsNamed(clause, world))) return undefined;
		if (isSelf(clause)) return own(clause, world);
		const [{objects, holders}, types, scope] = await Promise.all([readAccess(world), world.cluster.types(), scopeIn(clause, world)]);
		const grants = grantsOf(objects);
		const action = actionIn(clause, types);
		const [namespace, ...others] = scope.namespaces ?? [];
		const where = others.length > 0 ? undefined : namespace;
		const named = holdersIn(clauseOf(clause.text.replace(spared, ' ')), holders);
		if (named.length > 0 && !isKindOnly(clause, named)) {
			if (clause.language === 'ko' && action === undefined && !ofRights.test(clause.text)) return undefined;
			if (action === undefined || asksForAll(clause)) return rightsOf(clause, named, grants);
			return others.length === 0
				? mayDo(clause, named, action, where, grants)
				: inEach(scope.namespaces ?? [], each => mayDo(clause, named, action, each, grants));
		}
		if (!spoken(clause, whoWords)) return undefined;
		const role = grants.find(grant => clause.words.some(({text}) => text === grant.role.name))?.role.name;
		const asksForRole = action === undefined || spoken(clause, 'have hold bind bound assign grant give role 가지 가진 갖 롤 역할');
		if (role !== undefined && asksForRole) return holdersOf(clause, role, grants);
		if (action === undefined && spoken(clause, 'bound bind binding subject right access permission 묶인 바인딩 권한'))
			return boundIn(clause, scope.namespaces, grants);
		return action === undefined ? undefined : whoMay(clause, action, where, grants);
	},
};

/** `settlement이 돌고 있어?` asks for no right, though an account is called so. */
const ofRights = /권한|수\s?(?:있|없)|허용|가능|접근|못\s?하|롤|역할|바인딩|계정|어카운트|묶|가진|가지|할\s?수|막/;

/** Who is left out is not the one that is asked about: `anyone besides ops`. */
const spared = /\b(?:besides|apart from|aside from|other than|except(?: for)?)(?: the)? [\w@.-]+|[\w@.-]+\s?(?:말고|제외하고|빼고|외에)/gi;

/** `who reads secrets in a?`: what somebody does is what he may do. */
const does = /\bwho(?:ever)? (?:else )?(?:reads?|lists?|gets?|watches|deletes?|creates?|edits?|updates?|patches)\b/i;

/** `who reads the config map x?`: of a thing that is named, who uses it. */
async function readsNamed(clause: Clause, world: World): Promise<boolean> {
	if (!/\bwho(?:ever)? (?:else )?(?:reads?|gets?)\b/i.test(clause.text)) return false;
	const {mentions} = await mentionsIn(clause, world, ['ConfigMap', 'Secret']);
	return mentions.some(({first, name}) => clause.words[first]?.text === name);
}

/** `in a? And in b?` asks twice. */
function inEach(namespaces: readonly string[], ask: (namespace: string) => Understanding): Understanding {
	const answers = namespaces.map(ask).flatMap(one => (one.kind === 'answer' ? [one] : []));
	return {kind: 'answer', said: answers[0]?.said ?? '', text: answers.map(({text}) => text).join('\n\n')};
}

const isSelf = ({text}: Clause) =>
	/\b(?:can|may|could|am|do) (?:i|we)\b(?! (?:get|have|see|find|know|run|use|own|keep|need|want|deploy|host|serve|pull|mount|still|currently|actually))|\bmy (?:permissions?|rights?|access|roles?)\b|(?<![가-힣])(?:내가|제가|나는|저는).*(?:수 있|권한|가능)|(?<![가-힣])(?:내|제) 권한|(?<![가-힣])(?:나|저)\s.*수 있/i.test(
		text,
	);

/** `deployer` is a role as well as a word: who is asked for is not named by it. */
const isKindOnly = (clause: Clause, named: readonly Holder[]) =>
	clause.words[0]?.text === 'who' && named.every(({kind}) => kind !== 'User');

/** `what is X allowed to do`, `X's permissions`: no single right is asked about. */
const asksForAll = (clause: Clause) =>
	/^(what|which|list|show)$/.test(clause.words[0]?.text ?? '') || spoken(clause, '뭐 무엇 어떤 권한_목록');

async function own(clause: Clause, world: World): Promise<Understanding | undefined> {
	const [types, scope] = await Promise.all([world.cluster.types(), scopeIn(clause, world)]);
	const action = actionIn(clause, types);
	const [namespace] = scope.namespaces ?? [];
	const [kind, subresource] = action?.resource.split('/') ?? [];
	return {
		kind: 'calls',
		said: inLanguage(clause.language, 'What you may do', '내 권한'),
		calls: [
			{
				tool: 'permissions_check',
				input: {
					...(namespace === undefined ? {} : {namespace}),
					...(action === undefined || kind === undefined ? {} : {verb: action.verb, kind}),
					...(subresource === undefined ? {} : {subresource}),
				},
			},
		],
	};
}
