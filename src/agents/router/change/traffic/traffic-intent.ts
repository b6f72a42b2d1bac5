import {numberAt, objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Clause} from '../../clause.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {inEnglish} from '../../words/loanwords.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {type Asking, allOf, type Planned, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, plannedEdit} from '../edit-targets.ts';
import {plainText} from '../plain-text.ts';
import {replicaChange} from '../scale-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {type Switch, siblingsBehind, switchesTo} from './switch-selector.ts';

const switching =
	'switch send cutover cut_over point route flip shift direct redirect move swap turn promote go traffic swing 전환 붙이 넘기 돌리 보내 바꾸 옮기 변경 스위치 트래픽 되돌리 revert back 향하 연결 가리키 바라보 보 쳐다보 select look aim';

const colours: {readonly [word: string]: string} = {
	그린: 'green',
	블루: 'blue',
	초록: 'green',
	파랑: 'blue',
	카나리: 'canary',
	스테이블: 'stable',
};

/** Words that may name the side: those of the clause, and of the remark before it where the clause says `it`. `green(7.1.0)` is `green`. */
function sideWords({clause, talk}: Asking): readonly string[] {
	const own = clause.words;
	const isIt = own.some(word => isWord(word, 'it') || isWord(word, 'there') || isWord(word, '그쪽') || isWord(word, '거기'));
	const before = isIt ? (talk.clauses[talk.index - 1]?.words ?? []) : [];
	const wished = behindTo(clause);
	return (wished.length > 0 ? wished : [...own, ...before]).map(({text}) => colours[text] ?? text);
}

/** `from blue to green`: what stands behind "to" is the side, if it is one word or two. */
function behindTo({words}: Clause): Clause['words'] {
	const at = words.findLastIndex(word => isWord(word, 'to') || isWord(word, 'at') || isWord(word, 'onto') || word.text === '->');
	const isFrom = words.some(word => isWord(word, 'from') || word.text === '->');
	return isFrom && at !== -1 ? words.slice(at + 1, at + 4) : [];
}

/** `블루에서 그린으로`: the side that is left is none. */
const left = ({text}: Clause) =>
	Object.keys(colours)
		.filter(word => new RegExp(`${word}에서`).test(text))
		.map(word => colours[word]);

const otherSide =
	/\b(?:the )?(?:other|opposite|idle|inactive|standby|spare)(?: (?:colou?r|side|one|track|half|version|deployment))?\b|\b(?:switch|flip|swing|cut|roll|go|put|send|traffic) (?:\S+ ){0,4}?(?:back|over)\s*[.!]?$|반대(?:쪽|편)?|다른\s?(?:쪽|색)|나머지\s?쪽|원래\s?쪽/i;

/** The side that is named, else the only other one where the words say no more than that (`to the other colour`, `switch it back`). */
function sidesMeant(asking: Asking, service: KubeObject, siblings: readonly Switch[]): readonly Switch[] {
	const named = switchesTo(service, siblings, sideWords(asking));
	const others = siblings.filter(({isThere}) => !isThere);
	return named.every(({isThere}) => isThere) && others.length === 1 && otherSide.test(asking.clause.text) ? others : named;
}

function choose(asking: Asking, service: KubeObject, switches: readonly Switch[]): Edit | Question | undefined {
	const {clause} = asking;
	const meant = switches.filter(({workload}) => !left(clause).some(word => workload.metadata.name.endsWith(`-${word}`)));
	const others = meant.filter(({isThere}) => !isThere);
	const options = others.length > 0 ? others : meant;
	const [chosen, ...more] = options;
	const {name} = service.metadata;
	if (chosen === undefined) return undefined;
	if (more.length > 0) {
		const names = options.map(({workload}) => workload.metadata.name);
		return question(
			clause,
			`To which one should ${name} go: ${names.join(', ')}?`,
			`${name}을(를) 어느 쪽으로 보낼까요: ${names.join(', ')}?`,
			names.map(workload => ({text: workload, request: `Point service ${name} in ${service.metadata.namespace} at ${workload}`})),
		);
	}
	const {workload, selector} = chosen;
	if ((numberAt(workload, 'spec', 'replicas') ?? 1) === 0 && !isScaledBefore(asking, workload))
		return question(
			clause,
			`${refText(refOf(workload))} has no pods: ${name} would answer nothing. Scale it up first?`,
			`${refText(refOf(workload))}에 파드가 없어 ${name}이(가) 응답하지 못하게 됩니다. 먼저 늘릴까요?`,
		);
	return {
		after: changeAt(service, ['spec', 'selector'], () => selector),
		told: `selector ${JSON.stringify(selector)} (${workload.metadata.name})`,
	};
}

/** `scale green to 6, then switch`: what an order before gives it pods. */
const isScaledBefore = ({talk}: Asking, {metadata}: KubeObject) =>
	talk.earlier.some(
		earlier =>
			earlier.kind === 'calls' &&
			earlier.calls.some(({tool, input}) => tool === 'workload_scale' && String(input.workload).endsWith(`/${metadata.name}`)),
	);

/** `both routing deployments`: a word before a kind that runs pods is a name, and no verb. */
const withoutNames = (words: Clause['words']) =>
	words.filter((_, at) => !/^(?:deployments?|workloads?|pods?|statefulsets?)$/.test(words[at + 1]?.text ?? ''));

async function workloadsOf({world}: Asking, service: KubeObject): Promise<readonly KubeObject[]> {
	const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];
	return (await Promise.all(kinds.map(kind => world.objects(kind, service.metadata.namespace)))).flat();
}

/** Services of this name, else those that select pods of the workloads that are named (`move dispatch-blue's traffic to green`). */
async function servicesIn(asking: Asking): Promise<readonly KubeObject[] | Question> {
	const parts = (await asking.world.objects('Service')).filter(
		({metadata}) =>
			metadata.name.includes('-') &&
			asking.clause.words.some(({text}) => text.length > 2 && (inEnglish(text) ?? text) === metadata.name.split('-').at(-1)),
	);
	// `the preview service`: the end of its name is enough, where none is named whole.
	const isWhole = (await asking.world.objects('Service')).some(({metadata}) =>
		asking.clause.words.some(({text}) => text === metadata.name),
	);
	if (!isWhole && parts.length === 1 && spoken(asking.clause, 'traffic service 트래픽 서비스')) return parts;
	const named = await targetsIn(asking, ['Service']);
	if (isQuestion(named) || named.length > 0) return named;
	const workloads = await targetsIn(asking, ['Deployment', 'StatefulSet']);
	if (isQuestion(workloads)) return workloads;
	const [first] = workloads;
	const services = first === undefined ? [] : await asking.world.objects('Service', first.metadata.namespace);
	return services.filter(service => {
		const selector = objectAt(service, 'spec', 'selector');
		return (
			Object.keys(selector).length > 0 &&
			workloads.some(workload => fitsMap(selector, objectAt(workload, 'spec', 'template', 'metadata', 'labels')))
		);
	});
}

/** Switches the selector of a Service between workloads that stand side by side. */
export const trafficIntent: Intent = {
	name: 'traffic',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		const isTerse =
			/\bservices?\b.*(?:->|→|=>)|\b(?:blue|green|canary|stable)\s*(?:->|→|=>|⇒)\s*(?:blue|green|canary|stable)\b|(?:블루|그린)\s*(?:->|→|=>)\s*(?:블루|그린)|서비스.*(?:->|→|=>)|바라보게|향하게|가리키게|보게 ?(?:해|바|돌|만)/i.test(
				clause.text,
			);
		if (
			!spoken({words: withoutNames(clause.words)}, switching) &&
			!isTerse &&
			!/\bcut\b.*\bover\b|\b(?:served|answered|handled|backed) by\b/i.test(clause.text)
		)
			return undefined;
		// How many pods a side has is no matter of its traffic.
		if (replicaChange(plainText(clause)) !== undefined && !spoken(clause, 'traffic service 트래픽 서비스')) return undefined;
		// A version that is the same as another's moves no traffic.
		if (spoken(clause, 'image version tag 이미지 버전 태그') && !spoken(clause, 'traffic service 트래픽 서비스')) return undefined;
		const asking = {clause, world, talk};
		const services = await servicesIn(asking);
		if (isQuestion(services)) return spoken(clause, 'traffic 트래픽 service 서비스') ? services : undefined;
		const found = await Promise.all(
			services.map(async service => ({
				service,
				edit: choose(asking, service, sidesMeant(asking, service, siblingsBehind(service, await workloadsOf(asking, service)))),
			})),
		);
		const results = found.flatMap(({service, edit}): (Planned | Question)[] => {
			if (edit === undefined) return [];
			return 'kind' in edit ? [edit] : [plannedEdit(asking, service, edit)];
		});
		return results.length === 0 ? undefined : allOf(results);
	},
};
