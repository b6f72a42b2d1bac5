import {MkcoaError} from '../../../../core/error.ts';
import {imageReferenceRule, isImageReference} from '../../../../core/kube/image-reference.ts';
import {isSecretByName} from '../../../../core/secrets/secret-names.ts';
import type {AnswersInput} from './answers-input.ts';

type Port = {readonly name: string; readonly number: number};
type Volume = {readonly name: string; readonly path: string; readonly size: string; readonly shared: boolean};

/** What a set of manifests is made of: nothing is left to guess. */
export type Answers = {
	readonly name: string;
	readonly namespace: string;
	readonly image: string;
	/** The first takes requests. */
	readonly ports: readonly Port[];
	readonly replicas: number;
	readonly maxReplicas: number;
	readonly cpu: string;
	readonly memory: string;
	readonly cpuLimit: string | undefined;
	readonly cpuTarget: number;
	readonly health: string | undefined;
	readonly user: number;
	readonly env: readonly {readonly name: string; readonly value: string}[];
	readonly envFrom: readonly {readonly kind: 'configmap' | 'secret'; readonly name: string}[];
	readonly writable: readonly string[];
	readonly volumes: readonly Volume[];
	readonly allowFrom: readonly string[];
	readonly allowTo: readonly string[];
};

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});

/** `registry.example/shop/web:1.4` → `web`. */
function nameOfImage(image: string): string {
	const last = image.replace(/@.*$/, '').split('/').at(-1) ?? '';
	return last
		.replace(/:.*$/, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
}

function portsOf(texts: readonly string[]): readonly Port[] {
	const ports = texts
		.filter(text => text !== 'none')
		.map((text, index) => {
			const [name, number] = text.includes('=') ? text.split('=') : [index === 0 ? 'http' : `port-${text}`, text];
			return {name: name ?? '', number: Number(number)};
		});
	const names = new Set(ports.map(({name}) => name));
	const numbers = new Set(ports.map(({number}) => number));
	if (names.size < ports.length || numbers.size < ports.length)
		throw usage('bad-ports', 'Two ports have the same name or the same number', 'Give each a name and a number of its own');
	return ports;
}

function envOf(texts: readonly string[]): Answers['env'] {
	return texts.map(text => {
		const split = text.indexOf('=');
		const [name, value] = [text.slice(0, split), text.slice(split + 1)];
		if (isSecretByName(name, value, 'entry'))
			throw usage(
				'secret-in-argument',
				`The value of ${name} looks like a secret, and a manifest is no place for it`,
				'Keep it in a Secret (mkcoa deploy secret), and name that: --env-from secret/NAME',
			);
		return {name, value};
	});
}

const volumeOf = (text: string): Volume => {
	const [name = '', path = '', size = '', shared] = text.split(':');
	return {name, path, size, shared: shared === 'shared'};
};

const refOf = (text: string): Answers['envFrom'][number] => {
	const [kind, name = ''] = text.split('/');
	return {kind: kind === 'secret' ? 'secret' : 'configmap', name};
};

/** Longest name of a Service, which has to be a DNS label. */
const longestName = 63;

/**
 * Reads the answers that a person gave, and fills in the others.
 * @throws MkcoaError `no-image`, `bad-image`, `bad-name`, `bad-ports`, `bad-replicas`, `secret-in-argument`
 */
export function readAnswers(input: AnswersInput, usualNamespace: string): Answers {
	const {image, replicas: asked, maxReplicas: most, env, envFrom, volume, port, name: given, namespace, ...same} = input;
	if (image === undefined)
		throw usage(
			'no-image',
			'There is no image to make manifests for',
			'Name one, such as registry.example/shop/web:1.0, or manifests with --file',
		);
	if (!isImageReference(image))
		throw usage(
			'bad-image',
			`The image ${JSON.stringify(image)} is not an image reference`,
			`Write it as REGISTRY/NAME:TAG; ${imageReferenceRule}`,
		);
	const name = given ?? nameOfImage(image);
	if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > longestName)
		throw usage(
			'bad-name',
			`${JSON.stringify(name)} cannot name a Service`,
			`Give --name: lower-case letters, digits and dashes, a letter first, at most ${longestName}`,
		);
	const volumes = volume.map(volumeOf);
	const isSingle = volumes.some(({shared}) => !shared);
	const replicas = asked ?? (isSingle ? 1 : 2);
	const maxReplicas = most ?? (isSingle && asked === undefined ? 1 : replicas * 3);
	if (maxReplicas < replicas)
		throw usage(
			'bad-replicas',
			`At most ${maxReplicas} pods are less than at least ${replicas}`,
			'Raise --max-replicas, or lower --replicas',
		);
	return {
		...same,
		image,
		name,
		namespace: namespace ?? usualNamespace,
		replicas,
		maxReplicas,
		ports: portsOf(port),
		env: envOf(env),
		envFrom: envFrom.map(refOf),
		volumes,
		cpuLimit: same.cpuLimit,
		health: same.health,
	};
}
