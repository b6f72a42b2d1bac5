import type {Cause, Remedy, Side} from '../../../analysis/diagnosis/cause.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {inLanguage} from '../read/say.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {pairsIn} from '../words/values.ts';
import {type Diagnosis, findCauses} from './find-causes.ts';
import {wholeClause} from './subject.ts';
import {asksForRepair} from './symptom.ts';
import {tellCauses} from './tell-causes.ts';

/** `Fix web`, `nobody reaches web: find out why and repair it`, `web이 안 떠요, 고쳐주세요`. */
export const fix: Intent = {
	name: 'fix',
	async understand(clause, world, talk) {
		if (!asksForRepair(clause) || saysHow(clause)) return undefined;
		const whole = wholeClause(clause, talk);
		const found = await findCauses(whole, world, talk);
		if (found === undefined || 'choices' in found) return found;
		return repair(whole, found);
	},
};

/** `fix web by giving it 1Gi`, `with MODE=fast`: what is to be done is said, and it is a change like any other. */
const saysHow = (clause: Clause) => pairsIn(clause).length > 0 || amountsIn(clause).some(({kind}) => kind === 'quantity');

/** On which side of a thing each kind stands. */
const sideOf: {readonly [kind: string]: Side} = {
	Service: 'service',
	Deployment: 'workload',
	StatefulSet: 'workload',
	DaemonSet: 'workload',
	CronJob: 'workload',
	Pod: 'workload',
	ConfigMap: 'settings',
	Secret: 'settings',
	Role: 'role',
	ClusterRole: 'role',
	RoleBinding: 'binding',
	NetworkPolicy: 'policy',
	Ingress: 'ingress',
	Node: 'node',
	StorageClass: 'storage',
	PersistentVolumeClaim: 'storage',
	PodDisruptionBudget: 'budget',
	HorizontalPodAutoscaler: 'autoscaler',
	ResourceQuota: 'quota',
};

const mending = /^(fix|repair|correct|mend|change|adjust|heal)$/;
const article = /^(the|its|their|that|a|my|our)$/;

/** `on the service side`, `서비스 쪽`, `correct the role`. */
function wantedSides(clause: Clause): readonly Side[] {
	const {words} = clause;
	return kindsIn(clause).flatMap(({kind, first, last}) => {
		const next = words[last + 1]?.text ?? '';
		const before = article.test(words[first - 1]?.text ?? '') ? words[first - 2]?.text : words[first - 1]?.text;
		const isSide = /^(side|end|쪽|측)/.test(next) || /쪽|측/.test(words[last]?.raw ?? '') || (mending.test(before ?? '') && isLast(next));
		const side = sideOf[kind];
		return isSide && side !== undefined ? [side] : [];
	});
}

/** `fix the service web` names what is sick; `fix the role.` says where. */
const isLast = (next: string) => next === '' || /^(and|so|then|for|instead|only|please)$/.test(next);

const right = /^(is|are|was|be|looks|stays|seems)$/;

/** `the configmap is right`, `컨피그맵은 맞으니`: that side is left alone. */
function leftSides(clause: Clause): readonly Side[] {
	const {words} = clause;
	return kindsIn(clause).flatMap(({kind, last}) => {
		const rest = words.slice(last + 1, last + 4).map(({text}) => text);
		const isRight =
			(right.test(rest[0] ?? '') && rest.some(text => /^(right|correct|fine|ok|okay|good|intended)$/.test(text))) ||
			/^(맞|정상|괜찮|그대로|문제없)/.test(rest[0] ?? '') ||
			/^(leave|keep)$/.test(words[last - 2]?.text ?? '');
		const side = sideOf[kind];
		return isRight && side !== undefined ? [side] : [];
	});
}

/** The remedies of a cause that the clause leaves open. */
function openRemedies({remedies}: Cause, clause: Clause): readonly Remedy[] {
	const quoted = remedies.filter(({text}) => clause.text.includes(text.en) || clause.text.includes(text.ko));
	if (quoted.length > 0) return quoted;
	const [wanted, left] = [wantedSides(clause), leftSides(clause)];
	const open = remedies.filter(({side}) => !left.includes(side));
	const sided = open.filter(({side}) => wanted.includes(side));
	const chosen = sided.length > 0 ? sided : open;
	const sure = chosen.filter(each => each.sure);
	return sure.length > 0 ? sure : chosen;
}

function repair(clause: Clause, found: Diagnosis): Understanding {
	const {language} = clause;
	const mendable = found.causes.map(cause => ({cause, remedies: openRemedies(cause, clause)})).filter(({remedies}) => remedies.length > 0);
	const [first] = mendable;
	if (first === undefined) return {kind: 'question', text: notMended(clause, found), choices: []};
	const alike = mendable.filter(({cause}) => cause.id === first.cause.id && cause.resource.kind === first.cause.resource.kind);
	const isClear = alike.every(({remedies}) => remedies.length === 1 && (remedies[0]?.sure === true || isQuoted(clause, remedies[0])));
	const others = found.causes.filter(cause => !alike.some(each => each.cause === cause));
	if (isClear) {
		const also = others.map(({cause}) => cause[language]).join(' ');
		const calls = alike.flatMap(({remedies}) => remedies.map(({tool, input}) => ({tool, input})));
		const why = alike.map(({cause}) => cause.cause[language]).join(' ');
		const how = alike.flatMap(({remedies}) => remedies.map(({text}) => text[language])).join(', ');
		return {
			kind: 'calls',
			said: `${why}. ${how}.${also === '' ? '' : inLanguage(language, ` Not mended by this: ${also}`, ` 이것으로 고쳐지지 않는 것: ${also}`)}`,
			calls,
		};
	}
	const {remedies} = first;
	return {
		kind: 'question',
		text: `${first.cause.cause[language]}. ${inLanguage(language, 'Which remedy do you want?', '어떤 방법으로 고칠까요?')}`,
		choices: remedies.map(({text}) => ({
			text: text[language],
			request: `${clause.text.replace(/[\s.!?:]+$/, '')}: "${text[language]}"`,
		})),
	};
}

const isQuoted = (clause: Clause, remedy: Remedy | undefined) =>
	remedy !== undefined && (clause.text.includes(remedy.text.en) || clause.text.includes(remedy.text.ko));

/** The diagnosis, and what is asked of the person: how it should be. */
const notMended = (clause: Clause, found: Diagnosis) =>
	`${tellCauses({...found, language: clause.language})}\n\n${inLanguage(clause.language, 'No one remedy follows from this. What should be changed?', '이것만으로는 무엇을 고쳐야 할지 정할 수 없습니다. 무엇을 바꿀까요?')}`;
