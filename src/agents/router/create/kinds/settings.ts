import {lacking, type Made, objects} from '../made.ts';
import {configMapOf} from '../manifests/limits.ts';
import {nameIn} from '../name-in.ts';
import {entriesIn} from '../reading/entries.ts';
import {isNameWord} from '../reading/naming.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, placeOf, type Scene} from '../scene.ts';

const fileLike = /^(?:\.{0,2}\/)?[\w./-]*\w$/;

const baseOf = (path: string) => path.split('/').at(-1) ?? path;

/** Files of the working directory that the wish names: `key` as it is said, else the name of the file. */
export async function filesIn(
	scene: Scene,
): Promise<readonly {readonly key: string; readonly path: string; readonly text: string; readonly at: number}[]> {
	const {wish, world} = scene;
	const read = await Promise.all(
		wish.words.map(async (word, at) => {
			const [, key, path = word.raw] = /^([\w.-]+)=(.+)$/.exec(word.raw) ?? [];
			const isFile =
				fileLike.test(path) &&
				(path.includes('.') ||
					path.includes('/') ||
					/^(?:file|files|파일)/.test(plainAt(wish, at - 1)) ||
					/^파일/.test(plainAt(wish, at + 1)));
			const text = isFile ? await world.file(path) : undefined;
			return text === undefined ? [] : [{key, path, text, at}];
		}),
	);
	const found = read.flat();
	// `certificate a.crt and key a.key`: the key of a certificate is a file, and no name for another.
	const files = isOfCertificate(wish) ? found.map(({path}) => path) : [];
	return found.map(({key, path, ...file}) => ({...file, path, key: key ?? saidKey(wish, file.at, files) ?? baseOf(path)}));
}

const isOfCertificate = (wish: Wish) => says(wish, /\bcert(?:ificate)?s?\b|\btls\b|인증서/i);

const saidKeys: readonly RegExp[] = [
	/\b(?:under|as|with|by)(?: the| a)? key(?: named| called)? ["'`]?([\w.-]*\w)/i,
	/["'`]?([\w-]+\.[\w.-]*\w)["'`]? (?:as|for|is|being) (?:the|its|a) key\b/i,
	/\bkeyed(?: as| by)? ["'`]?([\w.-]*\w)/i,
	/(?<![\w-])keys?(?: is| named| called| name| should be|:)* ["'`]?([\w-]+\.[\w.-]*\w)/i,
	/키(?:는|은| ?이름은|로는|로|에)? ?["'`]?([\w.-]*\w)/,
	/["'`]?([\w.-]*\w)["'`]?(?:라는|이라는)? ?키(?:로|에|는)/,
];

/** `key app.conf from ./local.conf`, `./local.conf as app.conf`, `as key app.conf`. */
function saidKey(wish: Wish, file: number, files: readonly string[]): string | undefined {
	const raw = (at: number) => wish.words[at]?.raw;
	if (/^(?:as|under)$/.test(plainAt(wish, file + 1)) && !/^(?:an?|secret|config-?map|cm)$/.test(plainAt(wish, file + 2)))
		return raw([file + 2, file + 3, file + 4].find(at => !/^(?:key|the)$/.test(plainAt(wish, at))) ?? file + 2);
	const under = saidKeys.map(form => form.exec(wish.text)?.[1]).find(key => key !== undefined && key !== raw(file) && !files.includes(key));
	if (under !== undefined) return under;
	const from = [file - 1, file - 2, file - 3].find(at => plainAt(wish, at) === 'from');
	return from !== undefined && /^(?:key|키)$/.test(plainAt(wish, from - 2)) ? raw(from - 1) : undefined;
}

export async function makeConfigMap(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const files = await filesIn(scene);
	const keys = new Set(files.map(({key}) => key));
	const name = nameIn(scene, new Set([...files.map(({at}) => at), ...wish.words.flatMap(({raw}, at) => (keys.has(raw) ? [at] : []))]));
	if (name === undefined) return lacking(wish, 'What should the ConfigMap be called?', '컨피그맵 이름을 무엇으로 할까요?');
	const namespace = placeOf(scene);
	const there = await alreadyThere(scene, 'ConfigMap', name, namespace);
	if (there !== undefined) return there;
	const paths = new Set(files.map(({path}) => path));
	const {entries, unread} = entriesIn(wish, name, scene.namespaces, [...paths, ...keys]);
	const data = {
		...Object.fromEntries(Object.entries(entries).filter(([, value]) => !paths.has(value))),
		...Object.fromEntries(files.map(({key, text}) => [key, text])),
	};
	if (unread !== undefined)
		return lacking(
			wish,
			`Is "${unread}" a key of ConfigMap ${name} with its value? Write the keys as KEY=VALUE.`,
			`"${unread}"은(는) 컨피그맵 ${name}의 키와 값인가요? KEY=VALUE로 써 주세요.`,
		);
	const missing = missingFile(wish, files.length + Object.keys(entries).length);
	if (missing !== undefined)
		return lacking(
			wish,
			`There is no file ${missing} in this directory. Which file is meant?`,
			`이 디렉터리에 ${missing} 파일이 없습니다. 어느 파일인가요?`,
		);
	if (Object.keys(data).length === 0)
		return lacking(
			wish,
			`Which keys should ConfigMap ${name} hold? Write them as KEY=VALUE, or name a file.`,
			`컨피그맵 ${name}에 어떤 키를 넣을까요? KEY=VALUE로 쓰거나 파일을 알려 주세요.`,
		);
	return objects(configMapOf({name, namespace}, data, says(wish, /\bimmutable\b|\bread-?only\b|변경 ?불가|불변|수정 ?불가/i)));
}

/** A file that is named as one and is not there. */
function missingFile(wish: Wish, found: number): string | undefined {
	if (found > 0) return undefined;
	const at = wish.words.findIndex((_, index) => /^(?:files?|파일(?:로|에서|을)?)$/.test(plainAt(wish, index)));
	const near =
		at < 0
			? undefined
			: [at + 1, at - 1].find(index => /\.\w+$/.test(wish.words[index]?.raw ?? '') || (index === at + 1 && isNameWord(wish, index)));
	return near === undefined ? undefined : wish.words[near]?.raw;
}
