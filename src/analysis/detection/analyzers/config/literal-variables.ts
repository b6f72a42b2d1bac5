import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {formerWords, nameOf, referred, runsShell, takenNames, takenSources, type Word, wordsOf} from './variable-names.ts';

/** How shells, templates and other systems write a variable, and `$$(NAME)`, which the kubelet leaves as it is. */
const foreign =
	/\$\{([A-Za-z_]\w*)\}|\$\$\(([A-Za-z_]\w*)\)|(?<![\w$])\$([A-Za-z_]\w*)\b|%([A-Z_][A-Z0-9_]*)%|\{\{ *[.$]?([A-Z_][A-Z0-9_]*) *\}\}/g;

const written = (text: string) =>
	[...text.matchAll(foreign)].flatMap(match => {
		const name = match.slice(1).find(each => each !== undefined);
		return name === undefined ? [] : [{name, as: match[0]}];
	});

/** Frameworks that read their arguments put values for `${…}` themselves, as Spring does in `--server.port=${PORT}` and Java in `-D`. */
const isReadByFramework = (text: string) => /^-D|^--?[a-z]+(?:-[a-z]+)*\.[\w.-]+=/.test(text);

/** Variables that say what only the cluster knows of a pod: they are there to be put into arguments. */
const isOfPod = (container: PlacedContainer['container'], name: string) =>
	listAt(container, 'env').some(each => nameOf(each) === name && textAt(each, 'valueFrom', 'fieldRef', 'fieldPath') !== undefined);

function literalCause(subject: Subject, {container, name: own}: PlacedContainer, {text, at}: Word, names: readonly string[]): Cause {
	const {workload, change, given} = subject;
	const found = written(text).filter(({name}) => names.includes(name));
	const before = formerWords(change()?.earlier.template, own).flatMap(referred);
	const changed = changesAt(change(), at);
	const isFormer = changed.length > 0 && found.every(({name}) => before.includes(name));
	const to = found.reduce((now, {name, as}) => now.replaceAll(as, `$(${name})`), text);
	const who = refText(refOf(workload));
	const [first] = found;
	const isMeant = isFormer || found.some(({name}) => isOfPod(container, name));
	return {
		id: 'variable-not-expanded',
		resource: refOf(workload),
		path: fieldPath(workload, at),
		severity: isMeant ? 'medium' : 'low',
		cause: {
			en: `Container ${own} of ${who} is told ${first?.as}, which no shell reads: the kubelet puts values for $(${first?.name}) alone, and the program gets these letters as they are`,
			ko: `${who}의 컨테이너 ${own}이(가) 셸 없이 ${first?.as}을(를) 받습니다: kubelet은 $(${first?.name})만 값으로 바꾸므로 프로그램은 이 글자를 그대로 받습니다`,
		},
		evidence: [
			{source: who, detail: `${fieldPath(workload, at)}: ${text.slice(0, 200)}`},
			...(isFormer ? [{source: who, detail: `the revision before said $(${first?.name})`}] : []),
			...changeEvidence(given(), change(), changed),
		],
		remedies: [
			exchange(workload, [{path: at, from: text, to}], {
				side: 'workload',
				sure: isFormer,
				text: {en: `Refer to $(${first?.name})`, ko: `$(${first?.name})을(를) 쓰게 합니다`},
			}),
		],
	};
}

function causesIn(subject: Subject, placed: PlacedContainer): readonly Cause[] {
	const {survey, workload} = subject;
	if (runsShell(placed.container)) return [];
	const sources = takenSources(placed.container, workload.metadata.namespace, survey) ?? [];
	const taken = takenNames(sources);
	return wordsOf(placed).flatMap(word => {
		const names = [...word.before, ...taken];
		const isTold = !isReadByFramework(word.text) && written(word.text).some(({name}) => names.includes(name));
		// The value of a variable may be a template for the program: it is told where it was none before.
		const cause = isTold ? literalCause(subject, placed, word, names) : undefined;
		return cause === undefined || (word.at.includes('env') && cause.remedies.every(({sure}) => !sure)) ? [] : [cause];
	});
}

/** Variables in command lines that are written as a shell reads them, where no shell starts the program. */
export const literalVariables = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject => subject.containers.flatMap(placed => causesIn(subject, placed)));
