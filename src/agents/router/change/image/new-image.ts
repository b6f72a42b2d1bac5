import type {Json} from '../../../../core/json.ts';
import {repositoryOf} from '../../../../core/kube/image-reference.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {changeAt} from '../change-at.ts';
import {type Container, containersIn, shortImageName, theContainer} from '../containers.ts';

/** A whole image, or a tag alone, which keeps the name that the container has. */
export type Version = {readonly image: string} | {readonly tag: string};

/** What the container's image becomes. A digest goes with the tag that it belonged to. */
export const imageOf = (container: Container, version: Version) =>
	'image' in version ? tagged(version.image, container.image) : `${repositoryOf(container.image)}:${version.tag}`;

/** Another repository alone goes with the tag that runs. */
const tagged = (image: string, running: string) =>
	/[:@]/.test(image.slice(image.lastIndexOf('/') + 1)) ? image : `${image}${/(?::[^:/@]+)?(?:@.*)?$/.exec(running)?.[0] ?? ''}`;

/** The container that a new version is for: the named one, the one that runs this image already, else the main one. */
export function containerFor(object: KubeObject, version: Version, words: readonly string[]): Container | undefined {
	if ('image' in version) {
		const same = (name: (image: string) => string) => containersIn(object).filter(({image}) => name(image) === name(version.image));
		for (const found of [same(repositoryOf), same(shortImageName)]) if (found.length === 1) return found[0];
	}
	return theContainer(object, words);
}

export const withImage = (object: KubeObject, container: Container, version: Version): Json | undefined =>
	changeAt(object, [...container.path, 'image'], () => imageOf(container, version));
