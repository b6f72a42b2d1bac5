import {lacking, type Made, objects} from '../made.ts';
import {type AccountWish, serviceAccountOf} from '../manifests/limits.ts';
import {nameIn} from '../name-in.ts';
import {namesListed} from '../reading/limits/names-listed.ts';
import {isNameWord} from '../reading/naming.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, placeOf, type Scene} from '../scene.ts';

const noToken =
	/\b(?:no|without|don'?t|do not|not|never|disable\w*|turn(?:ed)? off|off|false)\b[^,;.]{0,40}\b(?:auto-?mount\w*|mount\w*|token)\b|\b(?:auto-?mount\w*|token)\b[^,;.]{0,40}\b(?:off|false|disabled?|not|no)\b|automountServiceAccountToken:? ?false|(?:토큰|자동 ?마운트|오토 ?마운트)[^,.]{0,20}(?:끄|꺼|끈|안 |없|않|말|금지|비활성|false|off)/i;

/** The secrets with which an account's pods pull their images: `pull secret regcred`, `풀 시크릿 regcred`, `regcred로 이미지를`. */
function pullSecrets(wish: Wish, name: string): readonly {readonly name: string}[] {
	if (!says(wish, /\bpull|image ?pull|풀 ?시크릿|이미지/i)) return [];
	const at = wish.words.findIndex((_, index) => /^(?:secrets?|imagepullsecrets?|pullsecrets?|시크릿)/.test(plainAt(wish, index)));
	// Right behind "pull secret" even a word of the language is a name.
	const isCalled = (index: number) =>
		index === at + 1 &&
		/pull/.test(plainAt(wish, at - 1)) &&
		/^[a-z][a-z0-9.-]*$/.test(wish.words[index]?.raw ?? '') &&
		!/^(?:for|in|and|of|is|named|called)$/.test(plainAt(wish, index));
	const first =
		at < 0
			? undefined
			: [at + 1, at + 2, at - 1].find(index => (isNameWord(wish, index) || isCalled(index)) && wish.words[index]?.raw !== name);
	return first === undefined ? [] : namesListed(wish, first).map(secret => ({name: secret}));
}

/** What a wish says of an account that it makes. */
export const settingsOf = (wish: Wish, name: string): AccountWish => {
	const secrets = pullSecrets(wish, name);
	return {
		...(says(wish, noToken) ? {automountServiceAccountToken: false} : {}),
		...(secrets.length === 0 ? {} : {imagePullSecrets: secrets}),
	};
};

/** Service accounts, one or several of one place. */
export async function makeServiceAccount(scene: Scene): Promise<Made> {
	const {wish, spoken} = scene;
	const name = nameIn(scene);
	if (name === undefined) return lacking(wish, 'What should the service account be called?', '서비스 계정 이름을 무엇으로 할까요?');
	const namespace = placeOf(scene);
	const first = wish.words.findIndex(({raw}) => raw === name);
	const names = namesListed(wish, first).filter(each => each === name || !spoken.some(({namespace: place}) => place === each));
	for (const each of names) {
		const there = await alreadyThere(scene, 'ServiceAccount', each, namespace);
		if (there !== undefined) return there;
	}
	return objects(...names.map(each => serviceAccountOf({name: each, namespace}, settingsOf(wish, each))));
}
