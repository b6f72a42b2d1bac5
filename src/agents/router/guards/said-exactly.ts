import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';

/** Whether a clause says the very name of an object, letter by letter: what destroys is never done to a name that is only nearly right. */
export const isSaidExactly = ({words}: Pick<Clause, 'words'>, {metadata: {name}}: KubeObject): boolean =>
	words.some(
		({text}, at) =>
			text === name ||
			text.endsWith(`/${name}`) ||
			[2, 3].some(
				length =>
					words
						.slice(at, at + length)
						.map(word => word.text)
						.join('-') === name,
			),
	);
