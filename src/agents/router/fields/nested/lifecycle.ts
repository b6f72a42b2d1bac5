import {lifecycleIn} from '../../create/pods/lifecycle.ts';
import {type Nested, podKinds} from './nested.ts';

const hookOf = (hook: 'preStop' | 'postStart'): Nested => ({
	kinds: podKinds,
	place: 'container',
	path: ['lifecycle', hook],
	read: ({text}) => lifecycleIn(text).lifecycle?.[hook],
});

/** `a preStop hook that runs "sleep 5"`, `종료 전에 5초 대기`. */
export const lifecycle: readonly Nested[] = [hookOf('preStop'), hookOf('postStart')];
