import type {World} from '../world.ts';

const kinds = ['ConfigMap', 'Secret'] as const;
const words = {
	ConfigMap: {en: 'configmap', ko: '컨피그맵'},
	Secret: {en: 'secret', ko: '시크릿'},
};
const ahead = /(?:config ?maps?|\bcm|secrets?|컨피그 ?맵(?:은|인)?|시크릿(?:은|인)?|named|called|이름은?)[ :]+["'`]?$/i;
const behind = /^["'`]?(?:'s)? ?(?:config ?maps?|cm\b|secrets?|컨피그|시크릿|설정 ?맵|서비스|네임|\w*service|namespace)/i;

/**
 * A text in which a ConfigMap or a Secret that only its name tells is called by its kind: `PROVIDER from pay-config` → `from configmap pay-config`. Names
 * of other things, too, and of both kinds stay as they are.
 */
export async function withSourceKinds(text: string, world: World): Promise<string> {
	const others = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Service', 'ServiceAccount', 'PersistentVolumeClaim'];
	const live = (await Promise.all(others.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name);
	const taken = new Set([...live, ...(await world.namespaces())]);
	let now = text;
	for (const kind of kinds)
		for (const name of new Set((await world.objects(kind)).map(({metadata}) => metadata.name))) {
			if (taken.has(name) || !now.includes(name)) continue;
			now = now.replaceAll(new RegExp(`(?<![\\w./:@=-])${name}(?![\\w/-]|[.:=]\\S)`, 'g'), (found: string, at: number) => {
				if (ahead.test(now.slice(0, at)) || behind.test(now.slice(at + name.length))) return found;
				return /[가-힣]/.test(now) ? `${found} ${words[kind].ko}` : `${words[kind].en} ${found}`;
			});
		}
	return now;
}
