import {isImage} from '../../words/values.ts';
import {isInCommand} from './command.ts';
import {isNameWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

/** The image of a wish: a word with a tag or a registry, else the bare name beside the word "image". Index of the word. */
export function imageIn(wish: Wish): number | undefined {
	const written = wish.words.findIndex((word, at) => !word.raw.includes('=') && isImage(word) && !isInCommand(wish, at));
	if (written >= 0) return written;
	const beside = wish.words.findIndex((_, at) => /^(?:images?|이미지(?:는|로|를)?)$/.test(plainAt(wish, at)));
	// `pull images with regcred` names none.
	const isJoined = !/^(?:with|by|through|via|using|that|which|and|in|on)$/.test(plainAt(wish, beside + 1));
	const near = beside < 0 ? [] : [beside + 1, ...(isJoined ? [beside + 2] : []), beside - 1];
	const named = near.find(
		at => isNameWord(wish, at) && !isUntold.test(plainAt(wish, at)) && (at < beside ? wish.words[at]?.stop === undefined : true),
	);
	if (named !== undefined) return named;
	const using = wish.words.findIndex((_, at) => /^(?:using|running|runs)$/.test(plainAt(wish, at)) && isRun(wish, at + 1));
	return using < 0 ? undefined : using + 1;
}

/** `roll out a different image`: which one is not said. */
const isUntold =
	/^(?:different|new|newer|newest|latest|right|wrong|correct|old|older|stable|base|official|public|private|current|updated|fresh)$/;

/** `a pod running redis in shop`; `running ones stay` names nothing that runs. */
const isRun = (wish: Wish, at: number) =>
	isNameWord(wish, at) &&
	!/^(?:ones?|pods?|workloads?)$/.test(plainAt(wish, at)) &&
	(wish.words[at]?.stop !== undefined || /^(?:|in|with|and|from|on|for|as)$/.test(plainAt(wish, at + 1)));

/** `registry.example.com/a/eta:1.0` → `eta` */
export const baseName = (image: string) =>
	(image.split('/').at(-1) ?? image)
		.replace(/[:@].*$/, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9-]/g, '-');
