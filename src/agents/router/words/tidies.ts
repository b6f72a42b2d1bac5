const old = /(?:안\s?쓰|필요\s?없|미사용|오래된|낡은|예전|옛|못\s?쓰)\S*.*(?:정리(?!해서|하여|된)|치워)/;

/** `안 쓰는 것 정리해줘` throws things away; `이미지 정리해줘` only wants to be told. */
export const tidies = (text: string): boolean => old.test(text);
