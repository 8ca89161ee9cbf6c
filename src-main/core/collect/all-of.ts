/** As Promise.all, but nothing is still under way when it rejects: what is taken up again must not meet what is left of itself. */
export const allOf = async <Values extends readonly unknown[]>(promises: { readonly [Key in keyof Values]: Promise<Values[Key]> }): Promise<Values> => {
  await Promise.allSettled(promises);
  return (await Promise.all(promises)) as unknown as Values;
};
