import {readyText, saidOf} from '../../../analysis/findings/sick-findings.ts';
import {type Sick, sickIn} from '../../../analysis/findings/sick-in.ts';
import {refKey, refOf} from '../../../core/kube/kube-object.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Clause} from '../clause.ts';
import {scopeIn} from '../names/scope-in.ts';
import {inLanguage} from '../read/say.ts';
import type {Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {readScene} from './read-scene.ts';

const anything =
	'whatever going_on happening any_oom any_crash any_restart any_kill any_failure any_error healthy unready anything something everything wrong broken sick unhealthy problem issue trouble failing 뭐 무엇 뭔 어디 전체 문제 이상 이상한 아프 아픈 장애 비정상 무슨';

/** More sick things than this are counted, not told. */
const mostTold = 12;

/** `What is wrong in shop?`, `anything broken?`: every workload that is not whole, and every Service and autoscaler that cannot work. */
export async function overview(clause: Clause, world: World, nowMs: number): Promise<Understanding | undefined> {
	if (!spoken(clause, anything)) return undefined;
	const scope = await scopeIn(clause, world);
	const all = (await world.namespaces()).filter(name => !name.startsWith('kube-'));
	const looked = scope.namespaces ?? all;
	const scenes = await Promise.all(looked.map(namespace => readScene(world, namespace)));
	// Nodes and what else has no namespace stand in each scene.
	const sick = [...new Map(scenes.flatMap(scene => sickIn(scene, nowMs)).map(each => [refKey(refOf(each.object)), each])).values()];
	const {language} = clause;
	const where = scope.namespaces?.join(', ') ?? inLanguage(language, 'all namespaces', '모든 네임스페이스');
	const lines = sick.slice(0, mostTold).map(each => line(each, language));
	const more =
		sick.length > mostTold
			? [
					inLanguage(
						language,
						`- … ${sick.length - mostTold} more: name a namespace`,
						`- … ${sick.length - mostTold}개 더 있음: 네임스페이스를 말해 주세요`,
					),
				]
			: [];
	const head =
		sick.length === 0
			? inLanguage(
					language,
					`Nothing in ${where} looks sick. Metrics and logs were not looked at.`,
					`${where}에서 이상한 것을 찾지 못했습니다. 메트릭과 로그는 보지 않았습니다.`,
				)
			: inLanguage(
					language,
					`${sick.length} in ${where} do not work as they should:`,
					`${where}에서 제대로 동작하지 않는 것이 ${sick.length}개 있습니다:`,
				);
	const next =
		sick.length === 0
			? []
			: ['', inLanguage(language, 'Ask about one of them, or say “Fix NAME”.', '하나를 골라 물어보거나 “NAME 고쳐줘”라고 말하세요.')];
	return {
		kind: 'answer',
		said: inLanguage(language, `What does not work in ${where}`, `${where}의 문제`),
		text: [head, ...(lines.length === 0 ? [] : ['', ...lines, ...more]), ...next].join('\n'),
	};
}

const nameOf = ({object: {metadata}}: Sick) =>
	metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;

/** Without a cause, what it says of itself. */
const seenOf = (sick: Sick, language: 'en' | 'ko') =>
	readyText(sick) === undefined ? saidOf(sick) : inLanguage(language, 'not all of its pods are ready', '준비되지 않은 파드가 있습니다');

const line = (sick: Sick, language: 'en' | 'ko') =>
	`- **${oneLine(nameOf(sick))}**: ${sick.causes.length === 0 ? seenOf(sick, language) : sick.causes.map(({cause}) => oneLine(cause[language])).join('; ')}`;
