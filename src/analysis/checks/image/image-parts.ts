import {repositoryOf} from '../../../core/kube/image-reference.ts';

/** An image as a kubelet reads it: `nginx:1.27` is `docker.io`, `library/nginx`, tag `1.27`. */
export type ImageParts = {
	readonly registry: string;
	/** Without the registry. */
	readonly path: string;
	readonly tag: string | undefined;
	readonly digest: string | undefined;
};

/** @see https://github.com/distribution/reference: the first part is a registry if it has a dot or a port, or is localhost */
export function imageParts(image: string): ImageParts {
	const repository = repositoryOf(image);
	const [named, digest] = image.split('@');
	const tag = named === repository ? undefined : named?.slice(repository.length + 1);
	const [first = '', ...rest] = repository.split('/');
	const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
	const registry = isRegistry ? first : 'docker.io';
	const path = isRegistry ? rest.join('/') : repository;
	const isOfficial = (registry === 'docker.io' || registry === 'index.docker.io') && !path.includes('/');
	return {registry: registry === 'index.docker.io' ? 'docker.io' : registry, path: isOfficial ? `library/${path}` : path, tag, digest};
}

/** Whether an image is from a registry, a domain of registries (`amazonaws.com`), or below a path (`ghcr.io/acme`). */
export function isFrom({registry, path}: ImageParts, place: string): boolean {
	const wanted = place
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/\/+$/, '');
	const host = registry.toLowerCase();
	if (!wanted.includes('/'))
		return host === wanted || host.replace(/:\d+$/, '') === wanted || host.endsWith(`.${wanted}`) || `${path}/`.startsWith(`${wanted}/`);
	return `${host}/${path}/`.startsWith(`${wanted}/`) || `${path}/`.startsWith(`${wanted}/`);
}
