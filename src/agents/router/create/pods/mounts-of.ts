import type {Mount} from '../manifests/pod.ts';
import type {Section} from './sections.ts';
import type {SpokenMount} from './volume-words.ts';

type Owner = Pick<Section, 'name' | 'role'> & {readonly spoken: readonly SpokenMount[]};

/** What each container mounts: what its own words say, and what is said of both, or of it by its name. */
export function mountsOf(owners: readonly Owner[]): readonly (readonly Mount[])[] {
	const out: Mount[][] = owners.map(() => []);
	const names = new Set<string>();
	for (const [own, {spoken}] of owners.entries())
		for (const volume of spoken) {
			const name = volume.name ?? freeName(volume.stem, names);
			names.add(name);
			for (const {path, container} of volume.paths) {
				const meant = container === undefined ? -1 : owners.findIndex(owner => isCalled(owner, container));
				const to = meant >= 0 ? [meant] : volume.isShared ? owners.map((_, index) => index) : [own];
				for (const index of to) out[index]?.push({name, path, readOnly: volume.isReadOnly, subPath: volume.subPath, source: volume.source});
			}
		}
	return out;
}

const roleWords: {readonly [role in Section['role']]: RegExp} = {
	main: /^(?:main|app|first|web)$/i,
	beside: /^(?:sidecar|side|second)/i,
	before: /^init/i,
};
const isCalled = ({name, role}: Owner, word: string) => name === word || roleWords[role].test(word);

const freeName = (stem: string, taken: ReadonlySet<string>, index = 1): string => {
	const name = index === 1 ? stem : `${stem}-${index}`;
	return taken.has(name) ? freeName(stem, taken, index + 1) : name;
};
