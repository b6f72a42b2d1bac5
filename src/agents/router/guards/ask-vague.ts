import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {narrowed} from '../names/the-one.ts';
import {objectWords} from '../names/which-one.ts';
import {isQuestion, namedKinds} from '../route/ordered.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {wishOf} from './vague-wishes.ts';

/** Wishes that lack what a plan needs: which tag, which size, which rights, faster by what means. */
export const askVague: Intent = {
	name: 'ask what is missing',
	async understand(clause, world, talk) {
		// `it is slow. Roll it back`: what is told beside an order is no wish.
		// `더 이상 안 쓰니 삭제`: nothing of it grows.
		if (/더\s?이상|더는/.test(clause.text) && spoken(clause, '삭제 제거 지우 없애')) return undefined;
		if (isQuestion(clause) || (talk.clauses.length > 1 && moodOf(clause.text) === 'told')) return undefined;
		const wish = wishOf(clause);
		if (wish === undefined) return undefined;
		const objects = await meant(clause, world, wish.kinds ?? namedKinds, talk);
		return ask(clause, objects, wish);
	},
};

async function meant(clause: Clause, world: World, kinds: readonly string[], talk: Talk): Promise<readonly KubeObject[]> {
	const {mentions} = await mentionsIn(clause, world, kinds, talk);
	return [...new Set(mentions.flatMap(({objects}) => narrowed(objects, kinds, world.namespace)))];
}

function ask({language}: Clause, objects: readonly KubeObject[], wish: NonNullable<ReturnType<typeof wishOf>>): Understanding {
	const [one, ...others] = objects;
	const names = objects.slice(0, 8).map(object => objectWords(object, language));
	const words = language === 'ko' ? wish.korean : wish.english;
	const which =
		one === undefined
			? words.which
			: others.length === 0
				? ''
				: language === 'ko'
					? ` 해당하는 것이 여러 개입니다: ${names.join(', ')}.`
					: ` Several fit: ${names.join(', ')}.`;
	return {
		kind: 'question',
		text: `${words.ask}${which}`,
		choices: objects.flatMap(object => wish.choices(objectWords(object, language, false), language)).slice(0, 3),
	};
}
