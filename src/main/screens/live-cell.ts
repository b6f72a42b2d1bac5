import type {LiveData} from '../../tui/view/show-view.tsx';

/** Data that whoever reads them sets, and a screen follows. */
export function liveCell<Data>(first: Data): LiveData<Data> & {readonly set: (next: Data) => void} {
	let data = first;
	const listeners = new Set<() => void>();
	return {
		current: () => data,
		subscribe(changed) {
			listeners.add(changed);
			return () => void listeners.delete(changed);
		},
		set(next) {
			data = next;
			for (const changed of listeners) changed();
		},
	};
}
