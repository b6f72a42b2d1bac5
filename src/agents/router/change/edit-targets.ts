import type {Json} from '../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Understanding} from '../understanding.ts';
import {wordsOf} from '../words/words-of.ts';
import {type Asking, allOf, inLanguage, type Planned, type Question, question} from './asking.ts';
import {type Container, containersIn, theContainer} from './containers.ts';
import {patchCall} from './patch-call.ts';
import {plainText, withoutWhatStays} from './plain-text.ts';
import {isQuestion, targetsIn} from './targets.ts';

/** What an object becomes, and how that is told behind its name: `image web:1.2`. */
export type Edit = {readonly after: Json | undefined; readonly told: string};

export const plannedEdit = ({clause}: Asking, object: KubeObject, {after, told}: Edit): Planned => ({
	said: inLanguage(clause, `Change ${refText(refOf(object))}: ${told}`, `${refText(refOf(object))} 변경: ${told}`),
	calls: [patchCall(object, after)],
});

/** Asks what each object that is meant becomes. Undefined: the clause names none of these kinds, or nothing that changes it. */
export async function editTargets(
	asking: Asking,
	kinds: readonly string[],
	edit: (object: KubeObject) => Promise<Edit | Question | undefined> | Edit | Question | undefined,
): Promise<Understanding | undefined> {
	const targets = await targetsIn(asking, kinds);
	if (isQuestion(targets)) return targets;
	const edits = await Promise.all(targets.map(async object => ({object, edit: await edit(object)})));
	const results = edits.flatMap(({object, edit: found}): (Planned | Question)[] => {
		if (found === undefined) return [];
		return 'kind' in found ? [found] : [plannedEdit(asking, object, found)];
	});
	return results.length === 0 ? undefined : allOf(results);
}

const sidecar = /\bside-?car\b|사이드카/i;

/** The container that a clause speaks of, or the question which one. */
export function containerSpoken({clause}: Asking, object: KubeObject, choose = theContainer): Container | Question {
	const said = withoutWhatStays(plainText(clause));
	const words = wordsOf(said).map(({text}) => text);
	const found = choose(object, words);
	const all = containersIn(object);
	const beside = all.filter(({name}) => name !== found?.name);
	const isBeside =
		sidecar.test(said.replace(/\b(?:same|with (?:the|its)|including the) sidecar\b|사이드카(?:는|도)?\s?(?:그대로|포함)/g, ' ')) &&
		found !== undefined &&
		(found.name === object.metadata.name || !words.includes(found.name));
	if (isBeside && beside.length === 1 && beside[0] !== undefined) return beside[0];
	if (isBeside && beside.length === 0)
		return question(
			clause,
			`${object.metadata.name} has no sidecar: its only container is ${found.name}. Which one is meant?`,
			`${object.metadata.name}에는 사이드카가 없고 컨테이너는 ${found.name} 하나입니다. 어느 것인가요?`,
		);
	if (found !== undefined) return found;
	const names = all.map(({name}) => name);
	const {name} = object.metadata;
	return question(
		clause,
		`Which container of ${name}: ${names.join(', ')}?`,
		`${name}의 어느 컨테이너인가요: ${names.join(', ')}?`,
		names.map(container => ({text: container, request: `${clause.text} (container ${container})`})),
	);
}
