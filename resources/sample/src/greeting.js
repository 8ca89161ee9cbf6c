export const greeting = (name) => `Good morning, ${name}. Thank you for your order.`;
