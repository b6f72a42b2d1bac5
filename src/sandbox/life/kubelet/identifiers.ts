import {hashOf} from '../seeded-random.ts';

/** 64 hexadecimal digits for a text, always the same. */
export const digest = (text: string) =>
	Array.from({length: 8}, (_, index) => hashOf(`${index}${text}`).toString(16).padStart(8, '0')).join('');

/** The image as the kubelet reports it, with its registry written out. */
export function fullImage(image: string): string {
	const first = image.split('/')[0] ?? '';
	const named = image.includes(':', image.lastIndexOf('/')) || image.includes('@') ? image : `${image}:latest`;
	if (!image.includes('/')) return `docker.io/library/${named}`;
	return /[.:]/.test(first) || first === 'localhost' ? named : `docker.io/${named}`;
}

export const imageId = (image: string) => `${fullImage(image).replace(/[:@][^/]*$/, '')}@sha256:${digest(image)}`;

export const containerId = (uid: string, name: string, restarts: number) => `containerd://${digest(`${uid}/${name}/${restarts}`)}`;
