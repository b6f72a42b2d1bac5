import {numberAt, objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Clause} from '../../clause.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {inEnglish} from '../../words/loanwords.ts';
import {spoken} from '../../words/spoken.ts';
import {pairsIn, versionsIn} from '../../words/values.ts';
import {type Asking, allOf, type Planned, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {containersIn} from '../containers.ts';
import {type Edit, plannedEdit} from '../edit-targets.ts';
import {plainText} from '../plain-text.ts';
import {speaksOfRollback} from '../rollback/rollback-words.ts';
import {replicaChange} from '../scale-words.ts';
import {isQuestion, targetsIn} from '../targets.ts';
import {sidesMeant} from './side-words.ts';
import {type Switch, siblingsBehind} from './switch-selector.ts';

const switching =
	'switch send cutover cut_over point route flip shift direct redirect move swap turn promote go traffic swing 전환 붙이 넘기 돌리 보내 바꾸 옮기 변경 스위치 트래픽 되돌리 revert back 향하 연결 가리키 바라보 보 쳐다보 select look aim serve answer';

function choose(asking: Asking, service: KubeObject, switches: readonly Switch[]): Edit | Question | undefined {
	const {clause} = asking;
	const others = switches.filter(({isThere}) => !isThere);
	const options = others.length > 0 ? others : switches;
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
	const sources = first !== undefined && losesTraffic(asking.clause, first.metadata.name) ? [first] : workloads;
	const services = first === undefined ? [] : await asking.world.objects('Service', first.metadata.namespace);
	const there = services.filter(service => {
		const selector = objectAt(service, 'spec', 'selector');
		return (
			Object.keys(selector).length > 0 &&
			sources.some(workload => fitsMap(selector, objectAt(workload, 'spec', 'template', 'metadata', 'labels')))
		);
	});
	return first !== undefined && (servedBy.test(asking.clause.text) || (await leadThere(asking, there)))
		? await leadingTo(asking, first, services, there)
		: there;
}

/** `dispatch-blue's traffic to green`, `dispatch-blue 트래픽을 green으로`: only what leads there now is turned. */
const losesTraffic = ({text}: Clause, name: string) =>
	new RegExp(
		`(?<![\\w-])${RegExp.escape(name)}(?:['’]s|의| ?쪽)? ?(?:traffic|트래픽)|\\btraffic (?:of|from) (?:the )?${RegExp.escape(name)}(?![\\w-])`,
		'i',
	).test(text);

const servedBy = /\b(?:served|answered|handled|backed|run) by\b|\b(?:goes?|go|moves?|land|come out) (?:on|to|over to|onto|at)\b/i;

/** Whether each of some Services leads already to the side that is meant: none of them is the one to be changed. */
async function leadThere(asking: Asking, services: readonly KubeObject[]): Promise<boolean> {
	const sides = await Promise.all(
		services.map(async service => sidesMeant(asking, service, siblingsBehind(service, await workloadsOf(asking, service)))),
	);
	return sides.every(meant => meant.every(({isThere}) => isThere));
}

/** `users are to be served by web-green`: of the Services that may lead there the one that does not. */
async function leadingTo(
	asking: Asking,
	goal: KubeObject,
	services: readonly KubeObject[],
	there: readonly KubeObject[],
): Promise<readonly KubeObject[]> {
	const found = await Promise.all(
		services.map(async service => ({
			service,
			isOpen: siblingsBehind(service, await workloadsOf(asking, service)).some(
				({workload, isThere}) => workload.metadata.name === goal.metadata.name && !isThere,
			),
		})),
	);
	const open = found.flatMap(({service, isOpen}) => (isOpen ? [service] : []));
	// `send users to blue`, where web leads already: web-preview, which is called after it, is not what users reach.
	const isBeside = open.every(({metadata}) => there.some(main => metadata.name.startsWith(`${main.metadata.name}-`)));
	return open.length === 1 && !isBeside ? open : there;
}

const terse =
	/\bservices?\b.*(?:->|→|=>)|\b(?:blue|green|canary|stable)\s*(?:->|→|=>|⇒)\s*(?:blue|green|canary|stable)\b|(?:블루|그린)\s*(?:->|→|=>)\s*(?:블루|그린)|서비스.*(?:->|→|=>)|바라보게|향하게|가리키게|보게 ?(?:해|바|돌|만)|\bcut\b.*\bover\b|\b(?:served|answered|handled|backed) by\b/i;
/** What else is done with a Service and the workloads behind it. */
const others =
	'restart reboot bounce kick scale rollback roll_back undo delete remove drop cordon drain label annotate tag image bump upgrade canary create add port replica 재시작 롤백 삭제 지우 제거 라벨 이미지 카나리 생성 추가 포트 레플리카';

/** By its whole name, or by the end of it: `preview`. */
const isSaidIn = ({words}: Clause, name: string) => words.some(({text}) => text === name || name.endsWith(`-${text}`));

const saysToSwitch = (clause: Clause) => spoken({words: withoutNames(clause.words)}, switching) || terse.test(clause.text);

/** Whether a clause may do no more than say a Service and one of its sides. */
const mayNameSide = (clause: Clause) =>
	!(spoken(clause, others) || pairsIn(clause).length > 0 || /(?<![\w.-])\d+(?![\w.-])/.test(clause.text));

/** `roll dispatch back` says nothing of its sides. */
const namesColour = /\b(?:blue|green|canary|stable)\b|블루|그린|카나리/i;

/** Switches the selector of a Service between workloads that stand side by side. */
export const trafficIntent: Intent = {
	name: 'traffic',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		// How many pods a side has is no matter of its traffic.
		const isSwitch = saysToSwitch(clause);
		if (!(isSwitch || mayNameSide(clause)) || replicaChange(plainText(clause)) !== undefined) return undefined;
		const isOfTraffic = spoken(clause, 'traffic service user client customer visitor 트래픽 서비스 사용자 고객');
		// A version that is the same as another's moves no traffic.
		if (spoken(clause, 'image version tag 이미지 버전 태그') && !isOfTraffic) return undefined;
		if (!isOfTraffic && speaksOfRollback(clause) && !namesColour.test(clause.text)) return undefined;
		const asking = {clause, world, talk};
		const services = await servicesIn(asking);
		if (isQuestion(services)) return isOfTraffic ? services : undefined;
		if (!isSwitch && !services.every(({metadata}) => isSaidIn(clause, metadata.name))) return undefined;
		// `dispatch green to 7.2.0`, which no side runs: an image.
		const versions = versionsIn(clause);
		const sides = (await Promise.all(services.map(service => workloadsOf(asking, service)))).flat();
		const runs = (version: string) => sides.some(side => containersIn(side).some(({image}) => image.endsWith(`:${version}`)));
		if (!isOfTraffic && versions.length > 0 && !versions.some(({version}) => runs(version))) return undefined;
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
