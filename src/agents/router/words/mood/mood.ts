/**
 * What a sentence does with the deed that it names. `order`: it says that it is to be done. `question`: it asks to be told something. `weighed`: it asks
 * whether the deed should be done, or what would come of it. `told`: it reports the deed, or what somebody else said. `forbidden`: it must not be done.
 * `unclear`: none of these.
 */
export type Mood = 'order' | 'question' | 'weighed' | 'told' | 'forbidden' | 'unclear';
