import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Revision, revisionsOf} from '../change/rollback/revisions.ts';
import {speaksOfRollback} from '../change/rollback/rollback-words.ts';
import type {Clause} from '../clause.ts';
import {workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {spoken} from '../words/spoken.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, bullet, inLanguage} from './say.ts';

/** `what did the last rollout of web change`, `from which image to which`, `which version ran before`. */
export const asksDifference = ({text}: Clause): boolean =>
	/\bwhat\b.*\b(?:rollout|release|deploy(?:ment)?|revision|update)\b.*\b(?:chang|bring|brought|differ|do\b)\w*|\bfrom (?:which|what)\b.*\bto (?:which|what)\b|\b(?:which|what) (?:image|version|tag)\b.*\b(?:before|previous\w*|prior|earlier)\b|\b(?:previous|prior|earlier|last|old) (?:image|version|tag|revision)\b|\b(?:diff\w*|changed?) between\b.*\brevisions?\b|(?:이전|직전|예전|지난)\s?(?:버전|이미지|태그|리비전|배포)\S*\s?.*(?:뭐|무엇|무슨|어떤|몇|알려|바뀌|바뀐|달라)|\b(?:which|what) (?:image|version|tag|revision)\b.*\broll\w*(?: \S+)? back\b|\broll\w*(?: \S+)? back\b.*\b(?:which|what) (?:image|version|tag|revision)\b|롤백\S*\s(?:\S+\s)?(?:뭐|무엇|무슨|어떤|몇)\S*\s?.*(?:이미지|버전|태그|리비전)|(?:배포|롤아웃|릴리스)\S*\s?.*(?:뭐가|무엇이|어떤 게|어디서|무슨).*(?:바뀌|바뀐|달라)|어떤 이미지에서/i.test(
		text,
	);

/** What the newest revision runs, and what the one before ran. */
function difference({language}: Clause, {kind, metadata}: KubeObject, revisions: readonly Revision[]): Understanding {
	const name = `${kind} ${metadata.namespace}/${metadata.name}`;
	const [now, before] = revisions;
	const said = inLanguage(language, `What the last rollout of ${name} changed`, `${name}의 마지막 배포에서 바뀐 것`);
	if (now === undefined || before === undefined)
		return answer(
			said,
			inLanguage(language, `${name} keeps no earlier revision to compare with.`, `${name}에 비교할 이전 리비전이 없습니다.`),
			[],
			language,
		);
	const lines = [before, now].map(({number, images}) =>
		bullet(inLanguage(language, `revision ${number}`, `리비전 ${number}`), images.join(', ')),
	);
	const isOther = before.images.join() !== now.images.join();
	return answer(
		said,
		isOther
			? inLanguage(
					language,
					`From ${before.images.join(', ')} to ${now.images.join(', ')}:`,
					`${before.images.join(', ')}에서 ${now.images.join(', ')}(으)로:`,
				)
			: inLanguage(
					language,
					'The images are the same; something else of the template changed:',
					'이미지는 같고 템플릿의 다른 곳이 바뀌었습니다:',
				),
		lines,
		language,
	);
}

/** `rollout history of web`, `which revisions does web have`, `web 배포 이력`. */
export const history: Intent = {
	name: 'history',
	async understand(clause, world) {
		if (givesOrder(clause.text) && speaksOfRollback(clause)) return undefined;
		if (!asksToRead(clause) || !(spoken(clause, 'history revision revisions rollouts 이력 리비전 히스토리 내역') || asksDifference(clause)))
			return undefined;
		const found = foundThing(await theOne(clause, world, workloadKinds), workloadKinds);
		if (found.found === 'several') return found.question;
		if (found.found === 'none') return undefined;
		if (asksDifference(clause)) return difference(clause, found.object, await revisionsOf(world, found.object));
		const {kind, metadata} = found.object;
		return {
			kind: 'calls',
			said: inLanguage(
				clause.language,
				`Revisions of ${metadata.namespace}/${metadata.name}`,
				`${metadata.namespace}/${metadata.name}의 배포 이력`,
			),
			calls: [
				{
					tool: 'rollout_history',
					input: {workload: `${kind.toLowerCase()}/${metadata.name}`, namespace: metadata.namespace ?? world.namespace},
				},
			],
		};
	},
};
