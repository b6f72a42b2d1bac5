import type {Amounts} from './amounts.ts';
import type {Bound} from './estimate.ts';

/** What one container should ask for. `uncapped` is the target before the policy. */
export type ContainerRecommendation = {readonly name: string} & {readonly [Each in Bound | 'uncapped']: Amounts};
