/** `25,50,100` as numbers; none of an empty text. */
export const readWeights = (text: string): readonly number[] => (text === '' ? [] : text.split(',').map(Number));
